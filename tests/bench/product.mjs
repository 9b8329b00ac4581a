// Where the product's files are, as a page loads them: named here and nowhere else in the bench.
export const product = {
  lists: '/azure-backup-jobs-lists.js',
  pictures: '/azure-backup-jobs-pictures.js',
  elements: '/elements.js',
};
