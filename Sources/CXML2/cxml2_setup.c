// SPDX-License-Identifier: Apache-2.0
#include "cxml2_setup.h"
#include "cxml2.h"
#include <libxml/encoding.h>
#include <libxml/tree.h>
#include <limits.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

static xmlParserInputPtr refuse(const char *url, const char *id, xmlParserCtxtPtr parser) {
    (void)url;
    (void)id;
    (void)parser;
    return NULL;
}

/// libxml2 prints what has no other way out on standard error, which is not ours to give away.
static void be_quiet(void *context, const char *format, ...) {
    (void)context;
    (void)format;
}

static void initialise(void) {
    xmlInitParser();
    xmlSetExternalEntityLoader(refuse);
}

void cxml2_setup(void) {
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, initialise);
    // libxml2 keeps this one for each thread.
    xmlSetGenericErrorFunc(NULL, be_quiet);
}

int cxml2_to_utf8(const char *encoding, const char *text, size_t length, char **utf8, size_t *utf8_length) {
    cxml2_setup();
    *utf8 = NULL;
    *utf8_length = 0;
    if (length > INT_MAX / 4) return 2;
    xmlCharEncodingHandlerPtr handler = xmlFindCharEncodingHandler(encoding);
    if (handler == NULL) return 1;
    int result = -1;
    xmlBufferPtr input = xmlBufferCreateSize(length + 1), output = xmlBufferCreateSize(length * 2 + 64);
    if (input != NULL && output != NULL && xmlBufferAdd(input, (const xmlChar *)text, (int)length) == 0) {
        result = 0;
        // Each call converts what fits into the output; it takes what it has read off the input.
        while (result == 0 && xmlBufferLength(input) > 0) {
            int before = xmlBufferLength(input);
            int converted = xmlCharEncInFunc(handler, output, input);
            if (converted < 0 || xmlBufferLength(input) == before) result = 2;
        }
        if (result == 0) {
            size_t count = (size_t)xmlBufferLength(output);
            *utf8 = malloc(count + 1);
            if (*utf8 == NULL) {
                result = -1;
            } else {
                memcpy(*utf8, xmlBufferContent(output), count);
                (*utf8)[count] = 0;
                *utf8_length = count;
            }
        }
    }
    xmlBufferFree(input);
    xmlBufferFree(output);
    xmlCharEncCloseFunc(handler);
    return result;
}
