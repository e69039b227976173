#ifndef TARGET_H
#define TARGET_H

#include <sqlite3.h>
#include <stdbool.h>

#include "rows.h"

/* A new file with the table `events` of the book and its indexes: same page size, write-ahead log, full fsync. */
sqlite3 *create_target(const char *path, sqlite3 *book, bool with_triggers);

/* An INSERT with a parameter for every column. */
sqlite3_stmt *prepare_insert(sqlite3 *target, int columns);

/* Inserts one row; `link` takes the place of the stored hash. */
void insert_row(sqlite3 *target, sqlite3_stmt *insert, const struct rows *rows, int64_t row, const unsigned char link[32]);

void execute(sqlite3 *database, const char *sql);

/* The value of a pragma, in memory of its own. */
char *pragma(sqlite3 *database, const char *name);

#endif
