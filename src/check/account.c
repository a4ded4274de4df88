#include "check/check_int.h"

void check_account(struct diags *diags, const struct check_input *input)
{
    const struct account *account = &input->dataset->account;
    for (size_t i = 0; i < account->count; i++) {
        const struct file_account *file = &account->files[i];
        if (!account_balances(file))
            diag(diags, DIAG_RECONCILE, place_file(file->path),
                 "%zu rows were read, but those used, excluded and rejected are not as many: "
                 "this is a fault of the program, nothing is published",
                 file->read);
    }
}
