// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <libxml/parser.h>

/// No network, the encoding is the caller's business; entity replacement and DTD loading stay off.
#if LIBXML_VERSION >= 21300
#define CXML2_PARSE_OPTIONS (XML_PARSE_NONET | XML_PARSE_IGNORE_ENC | XML_PARSE_NO_XXE)
#else
#define CXML2_PARSE_OPTIONS (XML_PARSE_NONET | XML_PARSE_IGNORE_ENC)
#endif

/// Initialises libxml2 and makes it refuse every external entity; safe to call at any time from any thread.
void cxml2_setup(void);
