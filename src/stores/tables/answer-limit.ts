// What a child says when an answer passes its limits; it loads no registry to say it.
export const answerTooLarge = 'the answer is too large';
