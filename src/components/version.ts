/** The version the elements are registered under; a test holds it to the package's. */
export const VERSION = '0.1.0';
