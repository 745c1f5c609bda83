# SPDX-License-Identifier: GPL-3.0-or-later
add_executable(bench_analyse "${CMAKE_CURRENT_LIST_DIR}/bench_analyse.c")
kg_target(bench_analyse)
target_link_libraries(bench_analyse PRIVATE kg_analyse)

add_executable(bench_profile "${CMAKE_CURRENT_LIST_DIR}/bench_profile.c")
kg_target(bench_profile)
target_link_libraries(bench_profile PRIVATE kg_generate kg_analyse kg_store kg_lexicon)
