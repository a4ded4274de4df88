#include "base/file.h"
#include "mail/mail_int.h"

#include <curl/curl.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PASSWORD_MAX = 1024, MESSAGE_SECONDS = 600, REPLY_MAX = 512 };

/* One message on its way. */
struct transfer {
    struct text rest;    /* what libcurl has not asked for yet */
    bool all_given;      /* it was told that nothing follows: the final dot is or may be sent */
    bool reply_is_final; /* the last reply came after that */
    int code;            /* of the last reply; 0: none */
    char reply[REPLY_MAX];
    size_t reply_len;
};

struct sender {
    CURL *curl;
    struct text from;
    struct transfer transfer;
    char problem[CURL_ERROR_SIZE];
};

static bool is_loopback(struct text url)
{
    struct text host = text_slice(url, strlen("smtp://"), url.len);
    if (text_starts(host, TEXT("[::1]")))
        return true;
    host = text_slice(host, 0, text_find(host, ':', 0));
    return text_is(host, "localhost") || text_is(host, "127.0.0.1");
}

bool mail_server_check(struct diags *diags, const struct mail_server *server)
{
    bool is_plain = text_starts(server->url, TEXT("smtp://"));
    if (!is_plain && !text_starts(server->url, TEXT("smtps://"))) {
        diag(diags, DIAG_BAD_VALUE, server->place,
             "server '%.*s' is neither smtp://HOST:PORT nor smtps://HOST:PORT",
             TEXT_ARG(text_quote(diags->arena, server->url)));
        return false;
    }
    struct text host = text_slice(server->url, text_find(server->url, '/', 0) + 2, server->url.len);
    for (size_t i = 0; i < host.len; i++)
        if (strchr("@/?#\\ %", host.ptr[i]) || host.ptr[i] < 0x21 || host.ptr[i] > 0x7E) {
            diag(diags, DIAG_BAD_VALUE, server->place,
                 "server may hold a host and a port only: user and password have keys of their "
                 "own");
            return false;
        }
    bool is_encrypted = !is_plain || server->starttls;
    if (!is_encrypted && !is_loopback(server->url)) {
        diag(diags, DIAG_BAD_VALUE, server->place,
             "mail would cross the network unencrypted: use smtps:// or set 'starttls = yes'");
        return false;
    }
    if (!is_encrypted && server->user.len) {
        diag(diags, DIAG_BAD_VALUE, server->place,
             "the password would be sent unencrypted: use smtps:// or set 'starttls = yes'");
        return false;
    }
    return true;
}

static bool password_refused(struct diags *diags, const struct mail_server *server, const char *why)
{
    diag(diags, DIAG_PERMISSION, server->place, "password file '%.*s': %s",
         TEXT_ARG(text_quote(diags->arena, server->password_file)), why);
    return false;
}

/* The file's one line, to out[PASSWORD_MAX]. */
static bool read_password(struct diags *diags, const struct mail_server *server, char *out)
{
    struct stat st;
    int fd = open(text_cstr(diags->arena, server->password_file),
                  O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
    if (fd < 0)
        return password_refused(diags, server, strerror(errno));
    bool is_private = fstat(fd, &st) == 0 && S_ISREG(st.st_mode) && (st.st_mode & 0077) == 0;
    ssize_t len = is_private ? read(fd, out, PASSWORD_MAX - 1) : 0;
    close(fd);
    if (!is_private)
        return password_refused(diags, server,
                                "must be a file that only its owner can read: chmod 600");
    while (len > 0 && (out[len - 1] == '\n' || out[len - 1] == '\r'))
        len--;
    if (len <= 0)
        return password_refused(diags, server, "is empty");
    out[len] = '\0';
    if (mail_header_fault((struct text){out, (size_t)len}))
        return password_refused(diags, server, "must hold one line of text and nothing else");
    return true;
}

/* libcurl keeps copies: nobody else should be able to look at them, or find them in a core dump. */
static bool set_login(CURL *curl, struct diags *diags, const struct mail_server *server)
{
    char password[PASSWORD_MAX];
    prctl(PR_SET_DUMPABLE, 0);
    bool ok = read_password(diags, server, password);
    if (ok) {
        curl_easy_setopt(curl, CURLOPT_USERNAME, text_cstr(diags->arena, server->user));
        curl_easy_setopt(curl, CURLOPT_PASSWORD, password);
    }
    explicit_bzero(password, sizeof password);
    return ok;
}

static size_t give_bytes(char *out, size_t size, size_t count, void *user)
{
    struct transfer *transfer = user;
    size_t take = size * count < transfer->rest.len ? size * count : transfer->rest.len;
    memcpy(out, transfer->rest.ptr, take);
    transfer->rest = text_slice(transfer->rest, take, transfer->rest.len);
    if (take == 0)
        transfer->all_given = true;
    return take;
}

/* The server's replies, a line a call. The answer to QUIT, which libcurl says after a refusal, is
 * not about the message. */
static size_t take_reply(char *line, size_t size, size_t count, void *user)
{
    struct transfer *transfer = user;
    struct text reply = text_trim((struct text){line, size * count});
    if (reply.len < 3 || reply.ptr[0] < '2' || reply.ptr[0] > '5' ||
        text_starts(reply, TEXT("221")))
        return size * count;
    transfer->code = atoi((char[]){reply.ptr[0], reply.ptr[1], reply.ptr[2], '\0'});
    transfer->reply_is_final = transfer->all_given;
    transfer->reply_len = reply.len < REPLY_MAX ? reply.len : REPLY_MAX;
    memcpy(transfer->reply, reply.ptr, transfer->reply_len);
    return size * count;
}

static void set_server(struct sender *sender, struct arena *arena, const struct mail_server *server)
{
    CURL *curl = sender->curl;
    long timeout = server->timeout_seconds;
    /* the greeting names the sender's domain, not this machine */
    struct text url = text_format(arena, "%.*s/%.*s", TEXT_ARG(server->url),
                                  TEXT_ARG(mail_address_domain(server->from)));
    curl_easy_setopt(curl, CURLOPT_URL, url.ptr);
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
    curl_easy_setopt(curl, CURLOPT_PROXY, "");
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, timeout);
    curl_easy_setopt(curl, CURLOPT_SERVER_RESPONSE_TIMEOUT, timeout);
    curl_easy_setopt(curl, CURLOPT_TIMEOUT, (long)MESSAGE_SECONDS);
    curl_easy_setopt(curl, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
    curl_easy_setopt(curl, CURLOPT_SSL_VERIFYPEER, 1L);
    curl_easy_setopt(curl, CURLOPT_SSL_VERIFYHOST, 2L);
    if (server->starttls)
        curl_easy_setopt(curl, CURLOPT_USE_SSL, (long)CURLUSESSL_ALL);
    if (server->ca_file.len)
        curl_easy_setopt(curl, CURLOPT_CAINFO, text_cstr(arena, server->ca_file));
    curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, sender->problem);
    curl_easy_setopt(curl, CURLOPT_UPLOAD, 1L);
    curl_easy_setopt(curl, CURLOPT_READFUNCTION, give_bytes);
    curl_easy_setopt(curl, CURLOPT_READDATA, &sender->transfer);
    curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, take_reply);
    curl_easy_setopt(curl, CURLOPT_HEADERDATA, &sender->transfer);
}

struct sender *sender_new(struct arena *arena, struct diags *diags,
                          const struct mail_server *server)
{
    struct sender *sender = arena_alloc(arena, sizeof *sender);
    sender->from = server->from;
    sender->curl = curl_easy_init();
    if (!sender->curl) {
        diag(diags, DIAG_INTERNAL, PLACE_NONE, "libcurl cannot be started");
        return NULL;
    }
    set_server(sender, arena, server);
    if (server->user.len && !set_login(sender->curl, diags, server)) {
        sender_free(sender);
        return NULL;
    }
    return sender;
}

void sender_free(struct sender *sender)
{
    if (sender)
        curl_easy_cleanup(sender->curl);
}

static bool is_about_server(CURLcode result)
{
    switch (result) {
    case CURLE_COULDNT_RESOLVE_HOST:
    case CURLE_COULDNT_CONNECT:
    case CURLE_WEIRD_SERVER_REPLY:
    case CURLE_REMOTE_ACCESS_DENIED:
    case CURLE_LOGIN_DENIED:
    case CURLE_USE_SSL_FAILED:
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CACERT_BADFILE:
        return true;
    default:
        return false;
    }
}

static enum send_outcome judge(CURLcode result, const struct transfer *transfer)
{
    int first_digit = transfer->code / 100;
    if (transfer->all_given && !transfer->reply_is_final)
        return SEND_UNKNOWN;
    if (transfer->all_given && first_digit == 2)
        return SEND_SENT;
    if (transfer->all_given)
        return first_digit == 5 ? SEND_REFUSED : SEND_FAILED;
    if (is_about_server(result))
        return SEND_NO_SERVER;
    return first_digit == 5 ? SEND_REFUSED : SEND_FAILED;
}

enum send_outcome sender_send(struct sender *sender, struct arena *arena, struct text to,
                              struct text message, struct text *reply)
{
    struct transfer *transfer = &sender->transfer;
    *transfer = (struct transfer){.rest = message};
    sender->problem[0] = '\0';
    struct curl_slist *recipient =
        curl_slist_append(NULL, text_format(arena, "<%.*s>", TEXT_ARG(to)).ptr);
    if (!recipient)
        arena_out_of_memory(to.len);
    curl_easy_setopt(sender->curl, CURLOPT_MAIL_FROM,
                     text_format(arena, "<%.*s>", TEXT_ARG(sender->from)).ptr);
    curl_easy_setopt(sender->curl, CURLOPT_MAIL_RCPT, recipient);
    CURLcode result = curl_easy_perform(sender->curl);
    curl_easy_setopt(sender->curl, CURLOPT_MAIL_RCPT, NULL);
    curl_slist_free_all(recipient);

    enum send_outcome outcome = judge(result, transfer);
    bool server_said_it = transfer->code >= 400 || outcome == SEND_SENT;
    struct text words = server_said_it ? (struct text){transfer->reply, transfer->reply_len}
                                       : text_from(sender->problem[0] ? sender->problem
                                                                      : curl_easy_strerror(result));
    *reply = text_quote(arena, words);
    return outcome;
}

const char *mail_library(void)
{
    return curl_version_info(CURLVERSION_NOW)->version;
}
