// Of Emscripten's runtime, what its own versions spend more words on than we need (they are in every portal's download).
mergeInto(LibraryManager.library, {
  // A fifth more than is needed, so that it is not grown for every page of a list; no more than needed where that is too much.
  emscripten_resize_heap: function (size) {
    const has = HEAPU8.length;
    size >>>= 0;
    for (const wanted of [Math.max(size, has * 1.2), size]) {
      try {
        wasmMemory.grow((Math.min(wanted, 2147483648) - has + 65535) >>> 16);
        updateGlobalBufferAndViews(wasmMemory.buffer);
        return 1;
      } catch {}
    }
    return 0;
  },

  emscripten_set_timeout__deps: ['$getWasmTableEntry'],
  emscripten_set_timeout: function (callback, ms, data) {
    return setTimeout(() => getWasmTableEntry(callback)(data), ms);
  },
});
