// SPDX-License-Identifier: Apache-2.0
#include "cxml2.h"
#include "cxml2_setup.h"
#include "cxml2_state.h"
#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

typedef cxml2_state state;

static size_t offset_of(const state *s, const xmlChar *position) {
    xmlParserInputPtr input = s->parser->input;
    return input == NULL ? 0 : (size_t)input->consumed + (size_t)(position - input->base);
}

static size_t current_offset(const state *s) {
    return s->parser->input == NULL ? 0 : offset_of(s, s->parser->input->cur);
}

static void stop_if(state *s, int wanted) {
    if (wanted && !s->stopped) {
        s->stopped = 1;
        xmlStopParser(s->parser);
    }
}

static void on_start(void *data, const xmlChar *local_name, const xmlChar *prefix, const xmlChar *uri,
                     int namespace_count, const xmlChar **namespaces, int attribute_count, int defaulted_count,
                     const xmlChar **attributes) {
    (void)namespace_count;
    (void)namespaces;
    state *s = data;
    if (s->stopped) return;
    // The parser stands at the end of the tag. No '<' can stand within a tag, so the nearest one begins it.
    const xmlChar *base = s->parser->input->base, *cur = s->parser->input->cur, *start = cur;
    while (start > base && *start != '<') start--;
    stop_if(s, s->handler->start_element(s->context, (const char *)local_name, (const char *)prefix,
                                         (const char *)uri, offset_of(s, start)));
    for (int i = 0; i < attribute_count - defaulted_count && !s->stopped; i++) {
        const xmlChar **fields = attributes + 5 * i;
        cxml2_attribute attribute = {
            .local_name = (const char *)fields[0],
            .prefix = (const char *)fields[1],
            .namespace_uri = (const char *)fields[2],
            .value = (const char *)fields[3],
            .value_length = (size_t)(fields[4] - fields[3]),
            .value_offset = fields[3] >= base && fields[3] <= cur ? (int64_t)offset_of(s, fields[3]) : -1,
        };
        stop_if(s, s->handler->attribute(s->context, &attribute));
    }
}

static void on_end(void *data, const xmlChar *local_name, const xmlChar *prefix, const xmlChar *uri) {
    (void)local_name;
    (void)prefix;
    (void)uri;
    state *s = data;
    if (!s->stopped) stop_if(s, s->handler->end_element(s->context, current_offset(s)));
}

static void on_text(void *data, const xmlChar *bytes, int length) {
    state *s = data;
    if (!s->stopped && length > 0) stop_if(s, s->handler->text(s->context, (const char *)bytes, (size_t)length));
}

static void on_document_type(void *data, const xmlChar *name, const xmlChar *public_id, const xmlChar *system_id) {
    (void)name;
    (void)public_id;
    (void)system_id;
    state *s = data;
    if (!s->stopped) stop_if(s, s->handler->document_type(s->context, current_offset(s)));
}

static void on_entity(void *data, const xmlChar *name, int type, const xmlChar *public_id, const xmlChar *system_id,
                      xmlChar *content) {
    (void)public_id;
    (void)system_id;
    (void)content;
    state *s = data;
    if (s->stopped) return;
    int is_parameter = type == XML_INTERNAL_PARAMETER_ENTITY || type == XML_EXTERNAL_PARAMETER_ENTITY;
    stop_if(s, s->handler->entity_declaration(s->context, (const char *)name, is_parameter));
}

static void on_attribute_declaration(void *data, const xmlChar *element, const xmlChar *name, int type, int rule,
                                     const xmlChar *value, xmlEnumerationPtr enumeration) {
    (void)element;
    (void)name;
    (void)type;
    (void)rule;
    (void)value;
    // libxml2 hands the list over: whoever receives it frees it.
    xmlFreeEnumeration(enumeration);
    state *s = data;
    if (!s->stopped) stop_if(s, s->handler->attribute_declaration(s->context, current_offset(s)));
}

static xmlEntityPtr on_get_entity(void *data, const xmlChar *name) {
    state *s = data;
    // Right after a declaration libxml2 looks the entity up to keep its text; that is no reference.
    if (s->stopped || s->parser->instate == XML_PARSER_DTD) return NULL;
    return s->handler->entity_reference(s->context, (const char *)name, current_offset(s)) ? &s->placeholder : NULL;
}

static xmlEntityPtr on_get_parameter_entity(void *data, const xmlChar *name) {
    state *s = data;
    if (s->stopped || !s->handler->parameter_reference(s->context, (const char *)name)) return NULL;
    return &s->parameter_placeholder;
}

static void fill(xmlEntity *entity, xmlEntityType type) {
    // libxml2 stores a declaration's text in `orig` where that is still empty; it must not do so here.
    entity->type = XML_ENTITY_DECL;
    entity->etype = type;
    entity->name = BAD_CAST "placeholder";
    entity->content = BAD_CAST " ";
    entity->orig = BAD_CAST " ";
    entity->length = 1;
}

#if LIBXML_VERSION >= 21200
static void on_error(void *data, const xmlError *error) {
#else
static void on_error(void *data, xmlErrorPtr error) {
#endif
    state *s = data;
    if (s->stopped || error->level == XML_ERR_WARNING) return;
    cxml2_severity severity =
        error->domain == XML_FROM_NAMESPACE ? cxml2_severity_namespace : cxml2_severity_fatal;
    s->handler->error(s->context, severity, error->code, error->message == NULL ? "" : error->message,
                      current_offset(s));
}

void cxml2_attach(cxml2_state *s, xmlParserCtxtPtr parser, const cxml2_handler *handler, void *context) {
    *s = (state){.parser = parser, .handler = handler, .context = context};
    fill(&s->placeholder, XML_INTERNAL_PREDEFINED_ENTITY);
    fill(&s->parameter_placeholder, XML_EXTERNAL_PARAMETER_ENTITY);

    xmlCtxtUseOptions(parser, CXML2_PARSE_OPTIONS);
    memset(parser->sax, 0, sizeof *parser->sax);
    parser->sax->initialized = XML_SAX2_MAGIC;
    parser->sax->startElementNs = on_start;
    parser->sax->endElementNs = on_end;
    parser->sax->characters = on_text;
    parser->sax->ignorableWhitespace = on_text;
    parser->sax->cdataBlock = on_text;
    parser->sax->internalSubset = on_document_type;
    parser->sax->entityDecl = on_entity;
    parser->sax->attributeDecl = on_attribute_declaration;
    parser->sax->getEntity = on_get_entity;
    parser->sax->getParameterEntity = on_get_parameter_entity;
    parser->sax->serror = on_error;
    parser->userData = s;
}

int cxml2_parse(const char *text, size_t length, const cxml2_handler *handler, void *context) {
    cxml2_setup();
    if (length == 0 || length > INT_MAX) return 0;
    xmlParserCtxtPtr parser = xmlCreateMemoryParserCtxt(text, (int)length);
    if (parser == NULL) return -1;

    state s;
    cxml2_attach(&s, parser, handler, context);

    xmlParseDocument(parser);
    int well_formed = parser->wellFormed && !s.stopped;
    // Entity declarations make libxml2 keep a document of its own, which it forgets after an error.
    if (parser->myDoc != NULL) xmlFreeDoc(parser->myDoc);
    parser->myDoc = NULL;
    xmlFreeParserCtxt(parser);
    return well_formed ? 1 : 0;
}
