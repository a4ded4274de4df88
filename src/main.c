#include <stdio.h>

int main(void)
{
    puts("panelpack " PANELPACK_VERSION);
    return 0;
}
