// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/pipeline.h"

#include "cli/message.h"

#include <assert.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

// The ring holds items [delivered, submitted); those below `taken` are with a worker or done.
// Only the submitter moves `submitted` and `delivered`, so that order needs no further lock.

typedef struct {
    void* load; ///< the item, then its result
    uint64_t weight;
    bool done;
} slot;

struct cli_pipeline {
    cli_pipeline_options options;
    slot* slots;
    uint64_t submitted, taken, delivered;
    uint64_t weight;
    kg_status status; ///< the submitter's own: what `deliver` said
    bool stopping;
    unsigned threads;
    pthread_t* ids;
    pthread_mutex_t lock;
    pthread_cond_t work_there;
    pthread_cond_t result_there;
};

static slot* at(cli_pipeline* pipeline, uint64_t number) {
    return &pipeline->slots[number % pipeline->options.slots];
}

static void* worker(void* argument) {
    cli_pipeline* const pipeline = argument;
    pthread_mutex_lock(&pipeline->lock);
    while (true) {
        while (!pipeline->stopping && pipeline->taken == pipeline->submitted) {
            pthread_cond_wait(&pipeline->work_there, &pipeline->lock);
        }
        if (pipeline->stopping) {
            break;
        }
        const uint64_t number = pipeline->taken++;
        slot* const mine = at(pipeline, number);
        pthread_mutex_unlock(&pipeline->lock);
        void* const result = pipeline->options.work(pipeline->options.handle, mine->load);
        pthread_mutex_lock(&pipeline->lock);
        mine->load = result;
        mine->done = true;
        if (number == pipeline->delivered) { // the submitter waits for the oldest alone
            pthread_cond_signal(&pipeline->result_there);
        }
    }
    pthread_mutex_unlock(&pipeline->lock);
    return NULL;
}

static bool start_threads(cli_pipeline* pipeline) {
    pipeline->ids = calloc(pipeline->options.jobs, sizeof *pipeline->ids);
    if (!pipeline->ids) {
        return false;
    }
    while (pipeline->threads < pipeline->options.jobs) {
        if (pthread_create(&pipeline->ids[pipeline->threads], NULL, worker, pipeline)) {
            break;
        }
        pipeline->threads++;
    }
    return pipeline->threads > 0; // fewer than asked for is slower, not wrong
}

kg_status cli_pipeline_new(const cli_pipeline_options* options, cli_pipeline** out,
                           kg_error* error) {
    assert(options->work && options->deliver && options->drop_item && options->drop_result);
    *out = NULL;
    cli_pipeline* const pipeline = calloc(1, sizeof *pipeline);
    if (!pipeline) {
        return kg_fail(error, KG_ERR_MEMORY, NULL, "%s", _("out of memory"));
    }
    pipeline->options = *options;
    if (!pipeline->options.slots) {
        pipeline->options.slots = options->jobs > 1 ? 16 * options->jobs : 1;
    }
    pthread_mutex_init(&pipeline->lock, NULL);
    pthread_cond_init(&pipeline->work_there, NULL);
    pthread_cond_init(&pipeline->result_there, NULL);
    pipeline->slots = calloc(pipeline->options.slots, sizeof *pipeline->slots);
    if (!pipeline->slots || (options->jobs > 1 && !start_threads(pipeline))) {
        cli_pipeline_free(pipeline);
        return kg_fail(error, KG_ERR_MEMORY, NULL, "%s", _("cannot start worker threads"));
    }
    *out = pipeline;
    return KG_OK;
}

static void hand_over(cli_pipeline* pipeline, void* result) {
    const cli_pipeline_options* const options = &pipeline->options;
    if (pipeline->status == KG_OK) {
        pipeline->status = options->deliver(options->handle, result);
    } else {
        options->drop_result(options->handle, result);
    }
}

/// Deliver the oldest; with `wait`, once it is done. False if there was nothing to deliver.
static bool deliver_one(cli_pipeline* pipeline, bool wait) {
    pthread_mutex_lock(&pipeline->lock);
    if (pipeline->delivered == pipeline->submitted) {
        pthread_mutex_unlock(&pipeline->lock);
        return false;
    }
    slot* const oldest = at(pipeline, pipeline->delivered);
    while (wait && !oldest->done) {
        pthread_cond_wait(&pipeline->result_there, &pipeline->lock);
    }
    if (!oldest->done) {
        pthread_mutex_unlock(&pipeline->lock);
        return false;
    }
    void* const result = oldest->load;
    pipeline->weight -= oldest->weight;
    memset(oldest, 0, sizeof *oldest);
    pipeline->delivered++;
    pthread_mutex_unlock(&pipeline->lock);
    hand_over(pipeline, result);
    return true;
}

static bool is_full(const cli_pipeline* pipeline, uint64_t weight) {
    const uint64_t under_way = pipeline->submitted - pipeline->delivered;
    const uint64_t limit = pipeline->options.max_weight;
    return under_way == pipeline->options.slots ||
           (under_way && limit && pipeline->weight + weight > limit);
}

kg_status cli_pipeline_submit(cli_pipeline* pipeline, void* item, uint64_t weight) {
    if (pipeline->status != KG_OK) {
        pipeline->options.drop_item(pipeline->options.handle, item);
        return pipeline->status;
    }
    if (!pipeline->threads) {
        hand_over(pipeline, pipeline->options.work(pipeline->options.handle, item));
        return pipeline->status;
    }
    while (deliver_one(pipeline, is_full(pipeline, weight))) {
    }
    pthread_mutex_lock(&pipeline->lock);
    *at(pipeline, pipeline->submitted) = (slot){.load = item, .weight = weight};
    pipeline->submitted++;
    pipeline->weight += weight;
    pthread_cond_signal(&pipeline->work_there);
    pthread_mutex_unlock(&pipeline->lock);
    return pipeline->status;
}

kg_status cli_pipeline_drain(cli_pipeline* pipeline) {
    while (pipeline->status == KG_OK && deliver_one(pipeline, true)) {
    }
    return pipeline->status;
}

void cli_pipeline_free(cli_pipeline* pipeline) {
    if (!pipeline) {
        return;
    }
    pthread_mutex_lock(&pipeline->lock);
    pipeline->stopping = true;
    pthread_cond_broadcast(&pipeline->work_there);
    pthread_mutex_unlock(&pipeline->lock);
    for (unsigned i = 0; i < pipeline->threads; i++) {
        pthread_join(pipeline->ids[i], NULL);
    }
    for (uint64_t i = pipeline->delivered; i < pipeline->submitted; i++) {
        slot* const left = at(pipeline, i);
        if (left->done) {
            pipeline->options.drop_result(pipeline->options.handle, left->load);
        } else {
            pipeline->options.drop_item(pipeline->options.handle, left->load);
        }
    }
    pthread_cond_destroy(&pipeline->result_there);
    pthread_cond_destroy(&pipeline->work_there);
    pthread_mutex_destroy(&pipeline->lock);
    free(pipeline->ids);
    free(pipeline->slots);
    free(pipeline);
}
