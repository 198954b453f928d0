// SPDX-License-Identifier: Apache-2.0
// Only CXML2 includes libxml2's headers; this one exists so that the package manager asks pkg-config for their path.
#pragma once
#include <libxml/xmlversion.h>
