/*
 * The floor for a fold: reads the events of a book with the C interface of SQLite and sums amounts by budget line, with
 * no check sum, no date and no further line. Prints one line of JSON.
 *
 * Usage: sqlite-scan BOOK, or sqlite-scan --version for the version of SQLite
 */
#include <sqlite3.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

/* Columns by name, so that their order in the table does not matter. */
static const char *const query =
  "SELECT position, type, date, budget_line, amount_fen, line_count, of_position FROM events ORDER BY position";

enum { column_type = 1, column_date = 2, column_budget_line = 3, column_amount = 4, column_line_count = 5,
       column_of_position = 6 };

static double seconds_now(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

static void stop(sqlite3 *database, const char *doing) {
  fprintf(stderr, "sqlite-scan: %s: %s\n", doing, sqlite3_errmsg(database));
  exit(1);
}

/* Sums in fen by budget line, as large as the largest line needs. */
struct sums {
  int64_t *fen;
  int64_t count;
};

static void add(struct sums *sums, int64_t line, int64_t amount) {
  if (line >= sums->count) {
    int64_t count = line * 2 + 1024;
    sums->fen = realloc(sums->fen, (size_t)count * sizeof *sums->fen);
    if (sums->fen == NULL) { perror("sqlite-scan"); exit(1); }
    memset(sums->fen + sums->count, 0, (size_t)(count - sums->count) * sizeof *sums->fen);
    sums->count = count;
  }
  sums->fen[line] += amount;
}

int main(int argument_count, char **arguments) {
  if (argument_count != 2) {
    fprintf(stderr, "usage: sqlite-scan BOOK\n");
    return 64;
  }
  if (strcmp(arguments[1], "--version") == 0) {
    printf("{\"sqlite\":\"%s\"}\n", sqlite3_libversion());
    return 0;
  }
  sqlite3 *database = NULL;
  if (sqlite3_open_v2(arguments[1], &database, SQLITE_OPEN_READWRITE, NULL) != SQLITE_OK) stop(database, "open");
  sqlite3_stmt *statement = NULL;
  if (sqlite3_prepare_v2(database, query, -1, &statement, NULL) != SQLITE_OK) stop(database, "prepare");

  struct sums sums = {NULL, 0};
  int64_t rows = 0, further_lines = 0, references = 0, last_date = 0;
  double start = seconds_now();
  int result;
  while ((result = sqlite3_step(statement)) == SQLITE_ROW) {
    rows += 1;
    int64_t date = sqlite3_column_int64(statement, column_date);
    if (date > last_date) last_date = date;
    further_lines += sqlite3_column_int64(statement, column_line_count) > 1;
    references += sqlite3_column_type(statement, column_of_position) != SQLITE_NULL;
    /* Only events that move money have a budget line. A refund counts against the payments. */
    if (sqlite3_column_type(statement, column_budget_line) == SQLITE_NULL) continue;
    int64_t amount = sqlite3_column_int64(statement, column_amount);
    int is_refund;
    if (sqlite3_column_type(statement, column_type) == SQLITE_TEXT) {
      is_refund = strcmp((const char *)sqlite3_column_text(statement, column_type), "refund") == 0;
    } else {
      is_refund = 0; /* A store may keep types as numbers; the check sum then takes every amount as it stands. */
    }
    add(&sums, sqlite3_column_int64(statement, column_budget_line), is_refund ? -amount : amount);
  }
  double seconds = seconds_now() - start;
  if (result != SQLITE_DONE) stop(database, "step");

  uint64_t check_sum = 0;
  for (int64_t line = 0; line < sums.count; line++)
    check_sum = check_sum * 1099511628211ull + (uint64_t)sums.fen[line];
  check_sum += (uint64_t)(further_lines + references + last_date);
  struct rusage usage;
  getrusage(RUSAGE_SELF, &usage);
  printf(
    "{\"seconds\":%.6f,\"events\":%lld,\"checkSum\":\"%016llx\",\"peakBytes\":%lld}\n", seconds, (long long)rows,
    (unsigned long long)check_sum, (long long)usage.ru_maxrss * 1024);
  free(sums.fen);
  sqlite3_finalize(statement);
  sqlite3_close(database);
  return 0;
}
