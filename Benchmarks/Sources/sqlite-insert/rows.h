#ifndef ROWS_H
#define ROWS_H

#include <sqlite3.h>
#include <stdint.h>

/* A stored value of any type. */
struct value {
  int type;          /* SQLITE_INTEGER and so on */
  int length;        /* of text or blob, in bytes */
  union {
    int64_t integer;
    double real;
    const unsigned char *bytes;
  } as;
};

/* Every row of the table `events`, whatever columns it has. */
struct rows {
  int columns;
  int hash_column;   /* from 0; -1 where the table has none */
  int64_t count;
  struct value *values; /* row by row */
};

struct rows read_rows(sqlite3 *book);

#endif
