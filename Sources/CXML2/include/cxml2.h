// SPDX-License-Identifier: Apache-2.0
//
// The part of libxml2 that PSWS needs, in a form that Swift imports: no variadic functions, no global variables,
// no macros, and nothing that opens a file or the network.
#pragma once
#include <stddef.h>
#include <stdint.h>

#pragma clang assume_nonnull begin

/// The part of an error message that tells a fault of the document from a fault of its namespaces.
typedef enum cxml2_severity {
    cxml2_severity_namespace = 0,
    cxml2_severity_fatal = 1,
} cxml2_severity;

/// One attribute. Strings end with NUL, but for the value, which has a length.
typedef struct cxml2_attribute {
    const char *local_name;
    const char *_Nullable prefix;
    const char *_Nullable namespace_uri;
    const char *value;
    size_t value_length;
    /// Byte offset of the value in the text, or -1 where libxml2 had to rewrite it.
    int64_t value_offset;
} cxml2_attribute;

/// What the parser calls. Offsets are bytes of the text that was given to `cxml2_parse`.
/// A function that returns other than 0 ends the parsing.
typedef struct cxml2_handler {
    int (*start_element)(void *_Nullable context, const char *local_name, const char *_Nullable prefix,
                         const char *_Nullable namespace_uri, size_t start_offset);
    int (*attribute)(void *_Nullable context, const cxml2_attribute *attribute);
    int (*end_element)(void *_Nullable context, size_t end_offset);
    int (*text)(void *_Nullable context, const char *bytes, size_t length);
    int (*document_type)(void *_Nullable context, size_t offset);
    /// A parameter entity if `is_parameter`, a general one if not; the two have names of their own.
    int (*entity_declaration)(void *_Nullable context, const char *name, int is_parameter);
    int (*attribute_declaration)(void *_Nullable context, size_t offset);
    /// Asked for every reference to a general entity: 1 if the entity was declared, 0 if not.
    int (*entity_reference)(void *_Nullable context, const char *name, size_t offset);
    /// Asked for every reference to a parameter entity, likewise. It is passed over in any case.
    int (*parameter_reference)(void *_Nullable context, const char *name);
    void (*error)(void *_Nullable context, cxml2_severity severity, int code, const char *message, size_t offset);
} cxml2_handler;

/// Parses UTF-8 text; an encoding that the text declares is ignored. Entities are never replaced: a reference
/// to a declared one reads as one space.
/// Returns 1 if the text is well-formed, 0 if not (or if a function ended the parsing), -1 without memory.
int cxml2_parse(const char *_Nullable text, size_t length, const cxml2_handler *handler, void *_Nullable context);

/// A parser that is given a document piece by piece.
typedef struct cxml2_stream cxml2_stream;

/// A parser at the beginning of a document, or NULL without memory. Offsets count the bytes that it was fed.
cxml2_stream *_Nullable cxml2_stream_create(const cxml2_handler *handler);
void cxml2_stream_free(cxml2_stream *stream);
/// Parses on; 1 if all is well-formed so far, else 0. With `is_last` the document must be complete. The handler's
/// functions are called with the context.
int cxml2_stream_feed(cxml2_stream *stream, const char *_Nullable bytes, size_t length, int is_last,
                      void *_Nullable context);
/// Bytes that the parser has dealt with.
size_t cxml2_stream_offset(const cxml2_stream *stream);

/// Text in the named encoding as UTF-8. Returns 0 and a buffer for `free`, 1 for an unknown encoding, 2 for bytes
/// that it does not allow, -1 without memory.
int cxml2_to_utf8(const char *encoding, const char *_Nullable text, size_t length, char *_Nullable *_Nonnull utf8,
                  size_t *utf8_length);

/// A document for XPath.
typedef struct cxml2_document cxml2_document;

/// The tree of UTF-8 text, or NULL if it is not well-formed or declares entities or attributes.
cxml2_document *_Nullable cxml2_document_create(const char *_Nullable text, size_t length);
void cxml2_document_free(cxml2_document *document);

/// 0 if the XPath 1.0 expression can be compiled; otherwise 1 and the offset of the byte where it goes wrong.
int cxml2_xpath_check(const char *expression, size_t *offset);
/// 1 true, 0 false, -1 failed or more than `operation_limit` steps.
int cxml2_xpath_evaluate(const char *expression, cxml2_document *document, unsigned long operation_limit);

#pragma clang assume_nonnull end
