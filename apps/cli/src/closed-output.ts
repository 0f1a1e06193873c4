/** What happens once nobody reads standard output any more, as behind `| head`. */
export const closedOutput = {
  /** Whether the program ends; not where there is more to be written than what is printed. */
  ends: true,
};
