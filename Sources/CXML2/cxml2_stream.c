// SPDX-License-Identifier: Apache-2.0
#include "cxml2.h"
#include "cxml2_setup.h"
#include "cxml2_state.h"
#include <limits.h>
#include <stdlib.h>

struct cxml2_stream {
    cxml2_state state;
    cxml2_handler handler;
};

cxml2_stream *cxml2_stream_create(const cxml2_handler *handler) {
    cxml2_setup();
    cxml2_stream *stream = calloc(1, sizeof *stream);
    xmlParserCtxtPtr parser = stream == NULL ? NULL : xmlCreatePushParserCtxt(NULL, NULL, NULL, 0, NULL);
    if (parser == NULL) {
        free(stream);
        return NULL;
    }
    stream->handler = *handler;
    cxml2_attach(&stream->state, parser, &stream->handler, NULL);
    return stream;
}

void cxml2_stream_free(cxml2_stream *stream) {
    xmlParserCtxtPtr parser = stream->state.parser;
    if (parser->myDoc != NULL) xmlFreeDoc(parser->myDoc);
    parser->myDoc = NULL;
    xmlFreeParserCtxt(parser);
    free(stream);
}

int cxml2_stream_feed(cxml2_stream *stream, const char *bytes, size_t length, int is_last, void *context) {
    cxml2_setup();
    xmlParserCtxtPtr parser = stream->state.parser;
    if (length > INT_MAX) return 0;
    stream->state.context = context;
    if (!stream->state.stopped) xmlParseChunk(parser, bytes, (int)length, is_last);
    return parser->wellFormed && !stream->state.stopped;
}

size_t cxml2_stream_offset(const cxml2_stream *stream) {
    xmlParserInputPtr input = stream->state.parser->input;
    return input == NULL ? 0 : (size_t)input->consumed + (size_t)(input->cur - input->base);
}
