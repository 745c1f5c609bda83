// SPDX-License-Identifier: GPL-3.0-or-later
/// @file
/// Dates as pages, feeds and records write them.
#ifndef KG_SOURCE_DATE_H
#define KG_SOURCE_DATE_H

#include "kg/base.h"

/// The first date in `text` as YYYY-MM-DD, YYYY-MM or YYYY: 2022-04-13 10:41, 2022/4/13,
/// 2022.4.13, 20220413, 2022年4月13日, Tue, 09 Nov 2021, Nov 9, 2021, seconds or milliseconds
/// since 1970 (read at UTC+8). The date stands as written, whatever its time zone. False, and
/// `out` empty, if there is none between 1900 and 2099.
bool kg_i_date(kg_slice text, char out[KG_NONNULL 11]);

/// The day in an address: …/2022/04/13/…, …/2022-04-13/…, …/20220413/…, …/t20220413_….
bool kg_i_url_date(kg_slice url, char out[KG_NONNULL 11]);

#endif
