// SPDX-License-Identifier: GPL-3.0-or-later
#include "source/html.h"

#include "source/reader.h"

kg_status kg_i_read_html(kg_i_reader* reader, const kg_i_input* input,
                         const kg_i_decoded* decoded) {
    const kg_status status = kg_i_html_blocks(reader, input->name, decoded->text, 0, true);
    return status == KG_OK ? kg_i_reader_emit(reader, input, decoded, KG_FORMAT_HTML) : status;
}
