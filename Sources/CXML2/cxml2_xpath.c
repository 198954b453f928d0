// SPDX-License-Identifier: Apache-2.0
#include "cxml2.h"
#include "cxml2_setup.h"
#include <libxml/parser.h>
#include <libxml/tree.h>
#include <libxml/xpath.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

struct cxml2_document {
    xmlDocPtr document;
};

cxml2_document *cxml2_document_create(const char *text, size_t length) {
    cxml2_setup();
    if (length == 0 || length > INT_MAX) return NULL;
    int options = CXML2_PARSE_OPTIONS | XML_PARSE_NOERROR | XML_PARSE_NOWARNING;
    xmlDocPtr document = xmlReadMemory(text, (int)length, NULL, "UTF-8", options);
    if (document == NULL) return NULL;
    // Declarations in a DOCTYPE could bring entities and default attributes into the tree.
    cxml2_document *result = NULL;
    if (document->intSubset == NULL || document->intSubset->children == NULL) result = malloc(sizeof *result);
    if (result == NULL) {
        xmlFreeDoc(document);
        return NULL;
    }
    result->document = document;
    return result;
}

void cxml2_document_free(cxml2_document *document) {
    xmlFreeDoc(document->document);
    free(document);
}

#if LIBXML_VERSION >= 21200
static void keep_offset(void *data, const xmlError *error) {
#else
static void keep_offset(void *data, xmlErrorPtr error) {
#endif
    size_t *offset = data;
    if (offset != NULL && error->int1 > 0) *offset = (size_t)error->int1;
}

/// Without a handler of its own a context prints its errors on standard error.
static xmlXPathContextPtr new_context(xmlDocPtr document, size_t *offset) {
    xmlXPathContextPtr context = xmlXPathNewContext(document);
    if (context == NULL) return NULL;
    context->error = keep_offset;
    context->userData = offset;
    return context;
}

int cxml2_xpath_check(const char *expression, size_t *offset) {
    cxml2_setup();
    *offset = 0;
    xmlXPathContextPtr context = new_context(NULL, offset);
    if (context == NULL) return 1;
    xmlXPathCompExprPtr compiled = xmlXPathCtxtCompile(context, BAD_CAST expression);
    int failed = compiled == NULL;
    xmlXPathFreeCompExpr(compiled);
    xmlXPathFreeContext(context);
    return failed;
}

int cxml2_xpath_evaluate(const char *expression, cxml2_document *document, unsigned long operation_limit) {
    cxml2_setup();
    int result = -1;
    xmlXPathContextPtr context = new_context(document->document, NULL);
    if (context == NULL) return -1;
    context->opLimit = operation_limit;
    context->node = (xmlNodePtr)document->document;
    xmlXPathCompExprPtr compiled = xmlXPathCtxtCompile(context, BAD_CAST expression);
    if (compiled != NULL) {
        xmlXPathObjectPtr value = xmlXPathCompiledEval(compiled, context);
        if (value != NULL) result = xmlXPathCastToBoolean(value) != 0;
        xmlXPathFreeObject(value);
    }
    xmlXPathFreeCompExpr(compiled);
    xmlXPathFreeContext(context);
    return result;
}
