/* Any bytes as a cell. The digits lie inside the raw text, whatever it is. */
#include <stdlib.h>
#include <string.h>
#include "input/value.h"

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);
int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size) {
    const char *text = (const char *)data;
    if (!g_utf8_validate_len(text, size, NULL)) return 0;
    char *copy = g_strndup(text, size);
    bool odd;
    jb_value value = jb_value_read(copy, &odd);
    if (value.digits_at + (size_t)value.digits_length > strlen(value.raw)) abort();
    g_free(copy);
    return 0;
}
