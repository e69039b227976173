#include "rows.h"

#include <string.h>

#include "failure.h"

static struct value copied(sqlite3_stmt *statement, int column) {
  struct value value = {.type = sqlite3_column_type(statement, column)};
  switch (value.type) {
  case SQLITE_INTEGER: value.as.integer = sqlite3_column_int64(statement, column); break;
  case SQLITE_FLOAT: value.as.real = sqlite3_column_double(statement, column); break;
  case SQLITE_TEXT:
  case SQLITE_BLOB: {
    const void *source = value.type == SQLITE_TEXT ? (const void *)sqlite3_column_text(statement, column)
                                                   : sqlite3_column_blob(statement, column);
    value.length = sqlite3_column_bytes(statement, column);
    unsigned char *bytes = allocated(NULL, (size_t)value.length + 1);
    if (value.length > 0) memcpy(bytes, source, (size_t)value.length);
    value.as.bytes = bytes;
    break;
  }
  default: break;
  }
  return value;
}

struct rows read_rows(sqlite3 *book) {
  sqlite3_stmt *statement = NULL;
  int result = sqlite3_prepare_v2(book, "SELECT * FROM events ORDER BY position", -1, &statement, NULL);
  expect(result, SQLITE_OK, book, "read events");
  struct rows rows = {.columns = sqlite3_column_count(statement), .hash_column = -1};
  for (int column = 0; column < rows.columns; column++)
    if (strcmp(sqlite3_column_name(statement, column), "hash") == 0) rows.hash_column = column;
  int64_t capacity = 0;
  while ((result = sqlite3_step(statement)) == SQLITE_ROW) {
    if (rows.count == capacity) {
      capacity = capacity * 2 + 1024;
      rows.values = allocated(rows.values, (size_t)(capacity * rows.columns) * sizeof *rows.values);
    }
    for (int column = 0; column < rows.columns; column++)
      rows.values[rows.count * rows.columns + column] = copied(statement, column);
    rows.count += 1;
  }
  expect(result, SQLITE_DONE, book, "read events");
  sqlite3_finalize(statement);
  return rows;
}
