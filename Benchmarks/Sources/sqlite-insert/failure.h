#ifndef FAILURE_H
#define FAILURE_H

#include <sqlite3.h>
#include <stddef.h>

/* Ends the program, saying what it was doing. */
_Noreturn void stop(const char *doing, const char *why);

/* Ends the program unless SQLite was content. */
void expect(int result, int wanted, sqlite3 *database, const char *doing);

/* Memory, or the end of the program. */
void *allocated(void *old, size_t size);

#endif
