// SPDX-License-Identifier: GPL-3.0-or-later
/// @file
/// All of parkgraph's library, in the order in which a document passes through it.
#ifndef KG_KG_H
#define KG_KG_H

// Foundations
#include "kg/base.h"
#include "kg/model.h"
// Reading
#include "kg/document.h"
#include "kg/source.h"
#include "kg/text.h"
// Understanding
#include "kg/eval.h"
#include "kg/extract.h"
#include "kg/lexicon.h"
#include "kg/record.h"
// The graph
#include "kg/analyse.h"
#include "kg/resolve.h"
#include "kg/store.h"
#include "kg/write.h"

#endif
