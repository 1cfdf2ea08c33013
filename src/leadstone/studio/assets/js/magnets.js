/* The scripts of studio/magnets. */
