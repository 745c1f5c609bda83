# SPDX-License-Identifier: GPL-3.0-or-later
# What `cmake --install` and CPack put where. Whatever is named here must be there: what is missing
# stops the installation, so that no package lacks it unnoticed.

# The library: all rooms but the program's own in one shared object that shows kg_ names alone.
get_property(rooms GLOBAL PROPERTY KG_ROOMS)
list(REMOVE_ITEM rooms kg_cli)
list(TRANSFORM rooms REPLACE "(.+)" "$<TARGET_OBJECTS:\\1>" OUTPUT_VARIABLE objects)
add_library(kg_shared SHARED ${objects})
kg_target(kg_shared)
set_target_properties(kg_shared PROPERTIES
    OUTPUT_NAME parkgraph
    VERSION ${PROJECT_VERSION}
    SOVERSION 0
    LINKER_LANGUAGE C)
# For what the rooms link: their archives come behind the objects and have nothing to add.
# (WHOLE_ARCHIVE fails where a room is another's dependency, and so stands there twice.)
target_link_libraries(kg_shared PRIVATE ${rooms})

install(TARGETS kg_shared
    LIBRARY DESTINATION "${CMAKE_INSTALL_LIBDIR}")
install(TARGETS parkgraph
    RUNTIME DESTINATION "${CMAKE_INSTALL_BINDIR}")
install(DIRECTORY "${PROJECT_SOURCE_DIR}/include/kg"
    DESTINATION "${CMAKE_INSTALL_INCLUDEDIR}"
    FILES_MATCHING PATTERN "*.h")

# Found from where it lies, so that an installed tree may be moved.
set(pkgconfig_dir "${CMAKE_INSTALL_LIBDIR}/pkgconfig")
file(RELATIVE_PATH KG_PC_TO_PREFIX "/${pkgconfig_dir}" "/")
string(REGEX REPLACE "/$" "" KG_PC_TO_PREFIX "${KG_PC_TO_PREFIX}")
configure_file("${PROJECT_SOURCE_DIR}/cmake/parkgraph.pc.in"
               "${PROJECT_BINARY_DIR}/parkgraph.pc" @ONLY)
install(FILES "${PROJECT_BINARY_DIR}/parkgraph.pc" DESTINATION "${pkgconfig_dir}")

# Data and documents.
set(KG_DATA_DIR "${CMAKE_INSTALL_DATADIR}/parkgraph")
set(KG_DOC_DIR "${CMAKE_INSTALL_DATADIR}/doc/parkgraph")
install(DIRECTORY "${PROJECT_SOURCE_DIR}/ontology" "${PROJECT_SOURCE_DIR}/tests/sample"
    DESTINATION "${KG_DATA_DIR}")
install(FILES LICENSE NOTICE README.md DESTINATION "${KG_DOC_DIR}")
install(FILES NOTICE DESTINATION "${KG_DOC_DIR}" RENAME copyright)

file(GLOB man_1 CONFIGURE_DEPENDS "${PROJECT_SOURCE_DIR}/man/*.1")
file(GLOB man_7 CONFIGURE_DEPENDS "${PROJECT_SOURCE_DIR}/man/*.7")
if(NOT man_1)
    message(FATAL_ERROR "no manual pages in man/")
endif()
install(FILES ${man_1} DESTINATION "${CMAKE_INSTALL_MANDIR}/man1")
install(FILES ${man_7} DESTINATION "${CMAKE_INSTALL_MANDIR}/man7")

install(FILES completion/parkgraph.bash
    DESTINATION "${CMAKE_INSTALL_DATADIR}/bash-completion/completions" RENAME parkgraph)
# Zsh looks in the one, Debian's zsh in the other.
foreach(folder site-functions vendor-completions)
    install(FILES completion/_parkgraph DESTINATION "${CMAKE_INSTALL_DATADIR}/zsh/${folder}")
endforeach()

# Messages, compiled beside the program, where it finds them in the build tree too.
find_program(KG_MSGFMT msgfmt REQUIRED)
file(GLOB catalogues CONFIGURE_DEPENDS "${PROJECT_SOURCE_DIR}/po/*.po")
if(NOT catalogues)
    message(FATAL_ERROR "no catalogues in po/")
endif()
set(compiled)
foreach(catalogue IN LISTS catalogues)
    cmake_path(GET catalogue STEM language)
    set(folder "${PROJECT_BINARY_DIR}/locale/${language}/LC_MESSAGES")
    add_custom_command(OUTPUT "${folder}/parkgraph.mo"
        COMMAND "${CMAKE_COMMAND}" -E make_directory "${folder}"
        COMMAND "${KG_MSGFMT}" --check -o "${folder}/parkgraph.mo" "${catalogue}"
        DEPENDS "${catalogue}" VERBATIM)
    list(APPEND compiled "${folder}/parkgraph.mo")
    install(FILES "${folder}/parkgraph.mo"
        DESTINATION "${CMAKE_INSTALL_LOCALEDIR}/${language}/LC_MESSAGES")
endforeach()
add_custom_target(catalogues ALL DEPENDS ${compiled})

# The package.
set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME parkgraph)
set(CPACK_PACKAGE_VENDOR "parkgraph developers")
set(CPACK_PACKAGE_CONTACT "parkgraph developers <parkgraph@localhost>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "knowledge graphs of companies and industrial parks")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION science)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_GENERATE_SHLIBS ON)
set(CPACK_DEBIAN_PACKAGE_SUGGESTS "raptor2-utils, bash-completion")
set(CPACK_DEBIAN_PACKAGE_DESCRIPTION
"parkgraph reads Chinese business news and park pages and builds a graph of
companies, industrial parks, facilities, sectors and places: who operates a
park, who settles in it, what it is for. Every relation carries the sentence
it came from, its status, its time and a confidence.
.
The graph is kept in one SQLite file, measured with igraph (centralities,
communities, profiles of parks and sectors) and exported as RDF, GraphML,
GEXF, CSV for Neo4j and other tables, JSON Lines and Cypher.
.
This package holds the program, the shared library with its headers, the
ontology (names, sectors, patterns) and a sample to try it on.")
include(CPack)
