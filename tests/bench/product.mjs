// Where the product's files are, as a page loads them: named here and nowhere else in the bench.
export const product = {
  lists: '/lib/lists.js',
  pictures: '/lib/pictures.js',
  elements: '/lib/register-jobs.js',
  elements_wasm: '/lib/lists.wasm',
};
