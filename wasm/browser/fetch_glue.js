// emscripten_fetch's JavaScript half, for what browser/fetcher.cpp asks of it: bodies loaded to memory, without streaming, databases, synchronous
// requests or progress, for which Emscripten's own carries 1 KB on the wire. Written against fetch.h of Emscripten 3.1.6.
mergeInto(LibraryManager.library, {
  // XHRs by the id of their emscripten_fetch_t, from when they are sent until the struct is freed.
  $Fetch: { xhrs: {}, last: 0 },
  $Fetch__postset: '',

  emscripten_start_fetch__deps: ['$Fetch', 'malloc'],
  emscripten_start_fetch: function (fetch) {
    const attributes = fetch + {{{ C_STRUCTS.emscripten_fetch_t.__attributes }}};
    const word = (at) => HEAPU32[at >> 2];
    const xhr = new XMLHttpRequest();
    xhr.open(UTF8ToString(attributes + {{{ C_STRUCTS.emscripten_fetch_attr_t.requestMethod }}}), UTF8ToString(word(fetch + {{{ C_STRUCTS.emscripten_fetch_t.url }}})));
    xhr.timeout = word(attributes + {{{ C_STRUCTS.emscripten_fetch_attr_t.timeoutMSecs }}});
    xhr.responseType = 'arraybuffer';
    for (let header = word(attributes + {{{ C_STRUCTS.emscripten_fetch_attr_t.requestHeaders }}}); word(header); header += 8) xhr.setRequestHeader(UTF8ToString(word(header)), UTF8ToString(word(header + 4)));
    Fetch.xhrs[++Fetch.last] = xhr;
    HEAPU32[(fetch + {{{ C_STRUCTS.emscripten_fetch_t.id }}}) >> 2] = Fetch.last;
    // Every kind of end, an HTTP status or none (0), calls one of the two.
    xhr.onload = xhr.onerror = xhr.ontimeout = () => {
      const body = new Uint8Array(xhr.response ?? 0);
      // Where there is no memory for it, it has none: that is no answer either.
      const data = body.length && _malloc(body.length);
      if (data) HEAPU8.set(body, data);
      HEAPU32[(fetch + {{{ C_STRUCTS.emscripten_fetch_t.data }}}) >> 2] = data;
      HEAPU32[(fetch + {{{ C_STRUCTS.emscripten_fetch_t.numBytes }}}) >> 2] = data && body.length;
      HEAPU16[(fetch + {{{ C_STRUCTS.emscripten_fetch_t.readyState }}}) >> 1] = 4;
      HEAPU16[(fetch + {{{ C_STRUCTS.emscripten_fetch_t.status }}}) >> 1] = xhr.status;
      getWasmTableEntry(word(attributes + (xhr.status ? {{{ C_STRUCTS.emscripten_fetch_attr_t.onsuccess }}} : {{{ C_STRUCTS.emscripten_fetch_attr_t.onerror }}})))(fetch);
    };
    const body = word(attributes + {{{ C_STRUCTS.emscripten_fetch_attr_t.requestData }}});
    try {
      xhr.send(body ? HEAPU8.slice(body, body + word(attributes + {{{ C_STRUCTS.emscripten_fetch_attr_t.requestDataSize }}})) : null);
    } catch {
      xhr.onerror();
    }
    return fetch;
  },

  _emscripten_fetch_get_response_headers_length__deps: ['$Fetch'],
  _emscripten_fetch_get_response_headers_length: function (id) {
    return new TextEncoder().encode(Fetch.xhrs[id].getAllResponseHeaders()).length;
  },
  _emscripten_fetch_get_response_headers__deps: ['$Fetch'],
  _emscripten_fetch_get_response_headers: function (id, out, size) {
    return new TextEncoder().encodeInto(Fetch.xhrs[id].getAllResponseHeaders(), HEAPU8.subarray(out, out + size)).written;
  },
  _emscripten_fetch_free__deps: ['$Fetch'],
  _emscripten_fetch_free: function (id) {
    delete Fetch.xhrs[id];
  },
});
