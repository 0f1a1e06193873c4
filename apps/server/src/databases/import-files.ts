/** Files of an import, in the job's folder. */

/** The database while it is made; it leaves the folder last. */
export const MADE = 'database.sqlite';
/** Written before that: with it and without `MADE`, all is done. */
export const PROFILE = 'profile.json';
