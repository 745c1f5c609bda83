// SPDX-License-Identifier: GPL-3.0-or-later
/// @file
/// Opening the store that a command line names.
#ifndef KG_CLI_STORES_H
#define KG_CLI_STORES_H

#include "kg/store.h"

/// The store's file for `given`: a folder that holds graph.sqlite, or the file; null: "out".
kg_status cli_store_path(const char* KG_NULLABLE given, char* KG_NONNULL out, size_t size,
                         kg_error* KG_NULLABLE error) KG_MUST_USE;

/// Open it to read. A missing store is named with what to do about it.
kg_status cli_store_open_read(const char* KG_NULLABLE given, kg_store* KG_OWNED* KG_NONNULL out,
                              kg_error* KG_NULLABLE error) KG_MUST_USE;

/// Open it to write; while another run holds it, says so and waits up to `wait_seconds`. With
/// `make`, the folder and the store are made if missing.
kg_status cli_store_open_write(const char* KG_NULLABLE given, bool make, unsigned wait_seconds,
                               kg_store* KG_OWNED* KG_NONNULL out,
                               kg_error* KG_NULLABLE error) KG_MUST_USE;

/// The folder of the store's file, without a slash at its end: where exports go.
void cli_store_folder(const char* KG_NULLABLE given, char* KG_NONNULL out, size_t size);

/// The time now, as ISO 8601 in UTC.
kg_slice cli_now(char buffer[KG_NONNULL 32]);

#endif
