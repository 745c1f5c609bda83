// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/facts.h"

#include <stdlib.h>
#include <string.h>

static bool grow(void** items, size_t count, size_t* capacity, size_t size) {
    if (count < *capacity) {
        return true;
    }
    const size_t wanted = *capacity ? 2 * *capacity : 16;
    void* const grown = realloc(*items, wanted * size);
    if (grown) {
        *items = grown;
        *capacity = wanted;
    }
    return grown != NULL;
}

static void* new_block(cli_facts* facts, size_t size) {
    if (!grow((void**)&facts->blocks, facts->block_count, &facts->block_capacity,
              sizeof *facts->blocks)) {
        return NULL;
    }
    void* const block = malloc(size ? size : 1);
    if (block) {
        facts->blocks[facts->block_count++] = block;
    }
    return block;
}

static void move(char** to, kg_slice* text) {
    if (text->len) {
        memcpy(*to, text->ptr, text->len);
    }
    (*to)[text->len] = '\0';
    text->ptr = *to;
    *to += text->len + 1;
}

/// Copies of all the slices of a row in one block.
static bool copy_texts(cli_facts* facts, kg_statement_row* row, kg_evidence_row* evidence) {
    kg_slice* const own[] = {&row->id,         &row->subject,  &row->object,     &row->title,
                             &row->valid_from, &row->valid_to, &row->first_seen, &row->last_seen};
    enum { OWN = sizeof own / sizeof *own, EACH = 9 };
    size_t size = 0;
    for (size_t i = 0; i < OWN; i++) {
        size += own[i]->len + 1;
    }
    for (uint32_t i = 0; i < row->evidence_count; i++) {
        const kg_evidence_row* const it = &evidence[i];
        size += it->doc.len + it->doc_id.len + it->url.len + it->title.len + it->date.len +
                it->sentence.len + it->quote.len + it->rule.len + it->time.len + EACH;
    }
    char* at = new_block(facts, size);
    if (!at) {
        return false;
    }
    for (size_t i = 0; i < OWN; i++) {
        move(&at, own[i]);
    }
    for (uint32_t i = 0; i < row->evidence_count; i++) {
        kg_evidence_row* const it = &evidence[i];
        kg_slice* const texts[EACH] = {&it->doc,      &it->doc_id, &it->url,  &it->title, &it->date,
                                       &it->sentence, &it->quote,  &it->rule, &it->time};
        for (size_t k = 0; k < EACH; k++) {
            move(&at, texts[k]);
        }
    }
    return true;
}

kg_status cli_facts_add(void* handle, const kg_statement_row* row) {
    cli_facts* const facts = handle;
    kg_evidence_row* const evidence = new_block(facts, row->evidence_count * sizeof *row->evidence);
    if (!evidence ||
        !grow((void**)&facts->items, facts->count, &facts->capacity, sizeof *facts->items)) {
        return KG_ERR_MEMORY;
    }
    kg_statement_row copy = *row;
    memcpy(evidence, row->evidence, row->evidence_count * sizeof *evidence);
    copy.evidence = evidence;
    if (!copy_texts(facts, &copy, evidence)) {
        return KG_ERR_MEMORY;
    }
    facts->items[facts->count++] = copy;
    return KG_OK;
}

void cli_facts_dispose(cli_facts* facts) {
    for (size_t i = 0; i < facts->block_count; i++) {
        free(facts->blocks[i]);
    }
    free(facts->blocks);
    free(facts->items);
    *facts = (cli_facts){0};
}
