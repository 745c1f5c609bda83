// SPDX-License-Identifier: GPL-3.0-or-later
/// The schema, step by step. A step that has been released is never edited: a change is a new step.
/// docs/store.md explains the tables and the views.
#include "base/message.h"
#include "base/try.h"
#include "store/store.h"

#include <stdio.h>

#define APPLICATION_ID 0x6B677031 // "kgp1"

// Types, predicates and statuses are kept as the numbers of kg/model.h, named by small tables.
static const char documents_1[] =
    "CREATE TABLE kg_meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;"
    "CREATE TABLE kg_note (key TEXT PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID;"
    "CREATE TABLE kg_type (type INTEGER PRIMARY KEY, name TEXT NOT NULL);"
    "CREATE TABLE kg_predicate (predicate INTEGER PRIMARY KEY, name TEXT NOT NULL);"
    "CREATE TABLE kg_status (status INTEGER PRIMARY KEY, name TEXT NOT NULL);"
    // What the documents say. A number is never given to a second document: what has been derived
    // from one that is gone must not meet another.
    "CREATE TABLE kg_document (doc INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL,"
    " name TEXT NOT NULL UNIQUE, path TEXT, title TEXT, date TEXT, url TEXT, publisher TEXT,"
    " format TEXT, charset TEXT, hash BLOB NOT NULL, content BLOB NOT NULL);" // of the record
    "CREATE TABLE kg_doc_entity (doc INTEGER NOT NULL REFERENCES kg_document ON DELETE CASCADE,"
    " nr INTEGER NOT NULL, type INTEGER NOT NULL REFERENCES kg_type, name TEXT NOT NULL,"
    " lexicon_id TEXT, mentions TEXT, PRIMARY KEY (doc, nr)) WITHOUT ROWID;"
    "CREATE TABLE kg_doc_alias (doc INTEGER NOT NULL, nr INTEGER NOT NULL, k INTEGER NOT NULL,"
    " alias TEXT NOT NULL, PRIMARY KEY (doc, nr, k),"
    " FOREIGN KEY (doc, nr) REFERENCES kg_doc_entity ON DELETE CASCADE) WITHOUT ROWID;"
    // claim = doc << 24 | number within the document.
    "CREATE TABLE kg_claim (claim INTEGER PRIMARY KEY,"
    " doc INTEGER NOT NULL REFERENCES kg_document ON DELETE CASCADE,"
    " subject INTEGER NOT NULL, object INTEGER NOT NULL,"
    " predicate INTEGER NOT NULL REFERENCES kg_predicate,"
    " status INTEGER NOT NULL REFERENCES kg_status, inferred INTEGER NOT NULL,"
    " confidence INTEGER NOT NULL," // in ten thousandths
    " rule TEXT, title TEXT, time TEXT, valid_from TEXT, valid_to TEXT,"
    " quote TEXT, sentence TEXT, first_byte INTEGER NOT NULL, last_byte INTEGER NOT NULL);"
    "CREATE INDEX kg_claim_doc ON kg_claim (doc);";

// What follows from that, rebuilt as a whole: entities numbered in the order of their ids,
// statements in the order of subject, predicate, object.
static const char graph_1[] =
    "CREATE TABLE kg_entity (entity INTEGER PRIMARY KEY, id TEXT NOT NULL, type INTEGER NOT NULL,"
    " name TEXT NOT NULL, lexicon_id TEXT, document_count INTEGER NOT NULL,"
    " first_seen TEXT, last_seen TEXT);"
    "CREATE TABLE kg_member (doc INTEGER NOT NULL, nr INTEGER NOT NULL, entity INTEGER NOT NULL,"
    " reason TEXT, PRIMARY KEY (doc, nr)) WITHOUT ROWID;"
    "CREATE TABLE kg_alias (entity INTEGER NOT NULL, alias TEXT NOT NULL,"
    " PRIMARY KEY (entity, alias)) WITHOUT ROWID;"
    "CREATE TABLE kg_same_as (entity INTEGER NOT NULL, id TEXT NOT NULL,"
    " PRIMARY KEY (entity, id)) WITHOUT ROWID;"
    "CREATE TABLE kg_statement (statement INTEGER PRIMARY KEY, id TEXT NOT NULL,"
    " subject INTEGER NOT NULL, predicate INTEGER NOT NULL, object INTEGER NOT NULL,"
    " status INTEGER NOT NULL, title TEXT, valid_from TEXT, valid_to TEXT, first_seen TEXT,"
    " last_seen TEXT, confidence INTEGER NOT NULL, inferred INTEGER NOT NULL,"
    " evidence_count INTEGER NOT NULL);"
    "CREATE TABLE kg_evidence (statement INTEGER NOT NULL, rank INTEGER NOT NULL,"
    " claim INTEGER NOT NULL, PRIMARY KEY (statement, rank)) WITHOUT ROWID;"
    "CREATE TABLE kg_measure (entity INTEGER NOT NULL, name TEXT NOT NULL, value REAL NOT NULL,"
    " PRIMARY KEY (entity, name)) WITHOUT ROWID;"
    "CREATE TABLE kg_measure_note (name TEXT PRIMARY KEY, note TEXT NOT NULL) WITHOUT ROWID;"
    // Ids that a change of the lexicon took away, and what bears them now.
    "CREATE TABLE kg_history (old_id TEXT PRIMARY KEY, new_id TEXT NOT NULL) WITHOUT ROWID;"
    "CREATE TABLE kg_run (run INTEGER PRIMARY KEY AUTOINCREMENT, command TEXT, version TEXT,"
    " started TEXT, finished TEXT, documents INTEGER, skipped INTEGER, failed INTEGER,"
    " retracted INTEGER);"
    "INSERT INTO kg_meta VALUES ('base_iri', 'https://parkgraph.example/id/'), ('behind', '0'),"
    " ('lexicon', '');";

static const char views_1[] =
    "CREATE VIEW entity (id, type, name, lexicon_id, document_count, first_seen, last_seen) AS"
    " SELECT e.id, t.name, e.name, e.lexicon_id, e.document_count, e.first_seen, e.last_seen"
    " FROM kg_entity e JOIN kg_type t ON t.type = e.type;"
    "CREATE VIEW alias (entity, name) AS"
    " SELECT e.id, a.alias FROM kg_alias a JOIN kg_entity e ON e.entity = a.entity;"
    "CREATE VIEW statement (id, subject, predicate, object, status, title, valid_from, valid_to,"
    " first_seen, last_seen, confidence, inferred, evidence_count, subject_name, object_name) AS"
    " SELECT s.id, a.id, p.name, b.id, f.name, s.title, s.valid_from, s.valid_to, s.first_seen,"
    " s.last_seen, s.confidence / 10000.0, s.inferred, s.evidence_count, a.name, b.name"
    " FROM kg_statement s JOIN kg_entity a ON a.entity = s.subject"
    " JOIN kg_entity b ON b.entity = s.object JOIN kg_predicate p ON p.predicate = s.predicate"
    " JOIN kg_status f ON f.status = s.status;"
    "CREATE VIEW evidence (statement, document, sentence, quote, first_byte, last_byte, rule,"
    " status, inferred, confidence, title, time, valid_from, valid_to) AS"
    " SELECT s.id, d.name, c.sentence, c.quote, c.first_byte, c.last_byte, c.rule, f.name,"
    " c.inferred, c.confidence / 10000.0, c.title, c.time, c.valid_from, c.valid_to"
    " FROM kg_evidence v JOIN kg_statement s ON s.statement = v.statement"
    " JOIN kg_claim c ON c.claim = v.claim JOIN kg_document d ON d.doc = c.doc"
    " JOIN kg_status f ON f.status = c.status;"
    "CREATE VIEW document (id, name, path, title, date, url, publisher, format, charset, hash) AS"
    " SELECT id, name, path, title, date, url, publisher, format, charset, lower(hex(hash))"
    " FROM kg_document;"
    "CREATE VIEW measure (entity, name, value) AS"
    " SELECT e.id, m.name, m.value FROM kg_measure m JOIN kg_entity e ON e.entity = m.entity;"
    "CREATE VIEW measure_note (name, note) AS SELECT name, note FROM kg_measure_note;"
    "CREATE VIEW run (id, command, version, started, finished, documents, skipped, failed,"
    " retracted) AS SELECT run, command, version, started, finished, documents, skipped, failed,"
    " retracted FROM kg_run;"
    "CREATE VIEW merge (entity, document, name, reason) AS"
    " SELECT e.id, d.name, n.name, coalesce(m.reason, '') FROM kg_member m"
    " JOIN kg_entity e ON e.entity = m.entity JOIN kg_document d ON d.doc = m.doc"
    " JOIN kg_doc_entity n ON n.doc = m.doc AND n.nr = m.nr;";

static const kg_i_migration steps[] = {{{documents_1, graph_1, views_1}}};

enum { VERSION = sizeof steps / sizeof *steps };

static kg_status read_number(kg_store* store, const char* sql, int64_t* out, kg_error* error) {
    sqlite3_stmt* statement = NULL;
    KG_TRY(kg_i_prepare(store, sql, &statement, error));
    const kg_status status = kg_i_step(store, statement, error);
    *out = status == KG_OK ? sqlite3_column_int64(statement, 0) : 0;
    sqlite3_finalize(statement);
    return status == KG_NO ? KG_OK : status;
}

/// Fill the tables that name types, predicates and statuses from the model.
static kg_status put_names(kg_store* store, kg_error* error) {
    kg_i_buffer sql = {0};
    for (int i = 0; i < KG_TYPE_COUNT; ++i) {
        kg_i_buffer_format(&sql, "INSERT OR IGNORE INTO kg_type VALUES (%d, '%s');", i,
                           kg_type_name((kg_type)i));
    }
    for (int i = 0; i < KG_PREDICATE_COUNT; ++i) {
        kg_i_buffer_format(&sql, "INSERT OR IGNORE INTO kg_predicate VALUES (%d, '%s');", i,
                           kg_predicate_name((kg_predicate)i));
    }
    for (int i = 0; i < KG_STATUS_COUNT; ++i) {
        kg_i_buffer_format(&sql, "INSERT OR IGNORE INTO kg_status VALUES (%d, '%s');", i,
                           kg_fact_status_name((kg_fact_status)i));
    }
    const kg_status status =
        sql.failed ? KG_OUT_OF_MEMORY(error) : kg_i_exec(store, sql.ptr, error);
    kg_i_buffer_dispose(&sql);
    return status;
}

kg_status kg_i_migrate(kg_store* store, const kg_i_migration* migrations, int count,
                       kg_error* error) {
    int64_t version = 0;
    KG_TRY(read_number(store, "PRAGMA user_version", &version, error));
    for (int step = (int)version; step < count; ++step) {
        char number[64];
        snprintf(number, sizeof number, "PRAGMA user_version = %d;", step + 1);
        kg_status status = kg_i_exec(store, "BEGIN IMMEDIATE", error);
        for (int part = 0; part < 4 && status == KG_OK && migrations[step].sql[part]; ++part) {
            status = kg_i_exec(store, migrations[step].sql[part], error);
        }
        if (status == KG_OK) {
            status = kg_i_exec(store, number, error);
        }
        if (status == KG_OK) {
            status = kg_i_exec(store, "COMMIT", error);
        }
        if (status != KG_OK) {
            sqlite3_exec(store->db, "ROLLBACK", NULL, NULL, NULL);
            return status;
        }
    }
    return KG_OK;
}

kg_status kg_i_schema_check(kg_store* store, kg_error* error) {
    int64_t version = 0;
    int64_t application = 0;
    int64_t tables = 0;
    KG_TRY(read_number(store, "PRAGMA user_version", &version, error));
    KG_TRY(read_number(store, "PRAGMA application_id", &application, error));
    KG_TRY(read_number(store, "SELECT count(*) FROM sqlite_schema", &tables, error));
    if (application != APPLICATION_ID && (application || version || tables)) {
        return kg_fail(error, KG_ERR_STORE, store->path, "%s",
                       KG_("a database, but not a parkgraph store"));
    }
    if (version > VERSION) {
        return kg_fail(error, KG_ERR_VERSION, store->path,
                       KG_("the store has version %d, this parkgraph knows up to %d"), (int)version,
                       (int)VERSION);
    }
    if (store->mode == KG_STORE_READ) {
        return version == VERSION
                   ? KG_OK
                   : kg_fail(error, KG_ERR_VERSION, store->path, "%s",
                             KG_("the store is older; any command that writes will update it"));
    }
    if (version < VERSION) {
        char id[64];
        snprintf(id, sizeof id, "PRAGMA application_id = %d", APPLICATION_ID);
        KG_TRY(kg_i_exec(store, id, error));
        KG_TRY(kg_i_migrate(store, steps, VERSION, error));
    }
    int64_t names = 0;
    KG_TRY(read_number(store,
                       "SELECT (SELECT count(*) FROM kg_type) + (SELECT count(*) FROM kg_predicate)"
                       " + (SELECT count(*) FROM kg_status)",
                       &names, error));
    return names < KG_TYPE_COUNT + KG_PREDICATE_COUNT + KG_STATUS_COUNT ? put_names(store, error)
                                                                        : KG_OK;
}
