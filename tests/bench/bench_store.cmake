# SPDX-License-Identifier: GPL-3.0-or-later
add_executable(bench_store "${CMAKE_CURRENT_LIST_DIR}/bench_store.c")
kg_target(bench_store)
target_link_libraries(bench_store PRIVATE kg_generate kg_store)
