#include <sqlite3.h>

// Swift calls no function of a variable number of arguments.
static inline int ledger_disable_triggers(sqlite3 *database) {
  return sqlite3_db_config(database, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, (int *)0);
}
