/* replay - a target on every file that is named, as `make check` does with its corpus. */
#include "fuzz.h"

int main(int count, char **names)
{
    for (int i = 1; i < count; i++) {
        FILE *file = fopen(names[i], "rb");
        if (!file) {
            perror(names[i]);
            return 1;
        }
        static uint8_t bytes[1 << 20];
        size_t size = fread(bytes, 1, sizeof bytes, file);
        fclose(file);
        /* a copy of just that size, so that sanitizers see a step beyond it */
        uint8_t *copy = malloc(size + 1);
        for (size_t b = 0; b < size; b++)
            copy[b] = bytes[b];
        fprintf(stderr, "%s\n", names[i]); /* the last one named is the one that fails */
        LLVMFuzzerTestOneInput(copy, size);
        free(copy);
    }
    return 0;
}
