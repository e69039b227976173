#include "target.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "failure.h"

void execute(sqlite3 *database, const char *sql) {
  expect(sqlite3_exec(database, sql, NULL, NULL, NULL), SQLITE_OK, database, sql);
}

char *pragma(sqlite3 *database, const char *name) {
  char sql[64];
  snprintf(sql, sizeof sql, "PRAGMA %s", name);
  sqlite3_stmt *statement = NULL;
  expect(sqlite3_prepare_v2(database, sql, -1, &statement, NULL), SQLITE_OK, database, sql);
  expect(sqlite3_step(statement), SQLITE_ROW, database, sql);
  char *value = strdup((const char *)sqlite3_column_text(statement, 0));
  sqlite3_finalize(statement);
  return value;
}

/*
 * The triggers of a book refuse what is not appending. They cost a lookup for each row and guard against other
 * programs, so the floor is measured without them, unless they are asked for.
 */
static void copy_schema(sqlite3 *target, sqlite3 *book, bool with_triggers) {
  sqlite3_stmt *statement = NULL;
  const char *sql =
    "SELECT sql FROM sqlite_schema WHERE tbl_name = 'events' AND sql IS NOT NULL AND (type <> 'trigger' OR ?) "
    "ORDER BY CASE type WHEN 'table' THEN 0 WHEN 'index' THEN 1 ELSE 2 END, rowid";
  expect(sqlite3_prepare_v2(book, sql, -1, &statement, NULL), SQLITE_OK, book, "read schema");
  sqlite3_bind_int(statement, 1, with_triggers);
  int result;
  while ((result = sqlite3_step(statement)) == SQLITE_ROW)
    execute(target, (const char *)sqlite3_column_text(statement, 0));
  expect(result, SQLITE_DONE, book, "read schema");
  sqlite3_finalize(statement);
}

sqlite3 *create_target(const char *path, sqlite3 *book, bool with_triggers) {
  if (access(path, F_OK) == 0) stop(path, "exists");
  sqlite3 *target = NULL;
  expect(sqlite3_open(path, &target), SQLITE_OK, target, path);
  char *page_size = pragma(book, "page_size");
  char sql[64];
  snprintf(sql, sizeof sql, "PRAGMA page_size = %s", page_size);
  free(page_size);
  execute(target, sql);
  execute(target, "PRAGMA journal_mode = WAL");
  execute(target, "PRAGMA synchronous = FULL");
  copy_schema(target, book, with_triggers);
  return target;
}

sqlite3_stmt *prepare_insert(sqlite3 *target, int columns) {
  char *sql = allocated(NULL, 64 + (size_t)columns * 2);
  strcpy(sql, "INSERT INTO events VALUES (?");
  for (int column = 1; column < columns; column++) strcat(sql, ",?");
  strcat(sql, ")");
  sqlite3_stmt *insert = NULL;
  expect(sqlite3_prepare_v2(target, sql, -1, &insert, NULL), SQLITE_OK, target, "prepare insert");
  free(sql);
  return insert;
}

static void bind_value(sqlite3_stmt *insert, int parameter, const struct value *value) {
  switch (value->type) {
  case SQLITE_INTEGER: sqlite3_bind_int64(insert, parameter, value->as.integer); break;
  case SQLITE_FLOAT: sqlite3_bind_double(insert, parameter, value->as.real); break;
  case SQLITE_TEXT:
    sqlite3_bind_text(insert, parameter, (const char *)value->as.bytes, value->length, SQLITE_STATIC);
    break;
  case SQLITE_BLOB: sqlite3_bind_blob(insert, parameter, value->as.bytes, value->length, SQLITE_STATIC); break;
  default: sqlite3_bind_null(insert, parameter);
  }
}

void insert_row(
  sqlite3 *target, sqlite3_stmt *insert, const struct rows *rows, int64_t row, const unsigned char link[32]) {
  const struct value *values = rows->values + row * rows->columns;
  for (int column = 0; column < rows->columns; column++) {
    if (column == rows->hash_column) sqlite3_bind_blob(insert, column + 1, link, 32, SQLITE_STATIC);
    else bind_value(insert, column + 1, &values[column]);
  }
  expect(sqlite3_step(insert), SQLITE_DONE, target, "insert");
  sqlite3_reset(insert);
}
