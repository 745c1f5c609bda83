// SPDX-License-Identifier: GPL-3.0-or-later
/// @file
/// Messages in the user's language: `KG_("text")` looks the text up in the catalogue.
#ifndef KG_BASE_MESSAGE_H
#define KG_BASE_MESSAGE_H

#include <libintl.h>

/// The domain is named at each look-up, so that a program which links the library keeps its own.
#define KG_(text) dgettext("parkgraph", text)

#endif
