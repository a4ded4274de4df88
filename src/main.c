#include "base/exit.h"
#include "base/memory.h"
#include "cli/cli.h"
#include "publish/publish.h"

#include <pthread.h>
#include <signal.h>
#include <stddef.h>
#include <stdlib.h>
#include <unistd.h>

/* Waits for a signal that ends the program: removes what is half made, and says so by status. */
static void *wait_for_signal(void *signals)
{
    int received;
    if (sigwait(signals, &received) == 0) {
        stage_abandon();
        _exit(STATUS_SIGNAL);
    }
    return NULL;
}

int main(int argc, char **argv)
{
    static sigset_t signals; /* outlives main: the thread waits on it to the end */
    pthread_t waiter;
    memory_before_end(stage_abandon);
    atexit(stage_abandon);
    sigemptyset(&signals);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGHUP);
    signal(SIGPIPE, SIG_IGN); /* a closed pipe is a write error, told as one */
    pthread_sigmask(SIG_BLOCK, &signals, NULL);
    if (pthread_create(&waiter, NULL, wait_for_signal, &signals) == 0)
        pthread_detach(waiter);
    else
        pthread_sigmask(SIG_UNBLOCK, &signals, NULL);
    return cli_main(argc, argv);
}
