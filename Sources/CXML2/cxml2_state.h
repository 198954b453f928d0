// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "cxml2.h"
#include <libxml/parser.h>

/// What the functions that libxml2 calls need to know of a parser.
typedef struct cxml2_state {
    xmlParserCtxtPtr parser;
    const cxml2_handler *handler;
    void *context;
    /// Stands for every declared entity: one space, so that nothing is ever expanded.
    xmlEntity placeholder;
    /// Stands for every declared parameter entity: an external one, which is never loaded.
    xmlEntity parameter_placeholder;
    int stopped;
} cxml2_state;

/// Makes a parser call the handler; the state must stay where it is as long as the parser lives.
void cxml2_attach(cxml2_state *state, xmlParserCtxtPtr parser, const cxml2_handler *handler, void *context);
