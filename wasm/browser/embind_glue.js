// embind's JavaScript half, for what browser/engine.cpp binds: a class without bases or overloads, and the types of embind_types.cpp. Emscripten's own
// serves every shape of C++ there is, which costs a portal 4 KB on the wire. Written against bind.h and val.h of Emscripten 3.1.6.
mergeInto(LibraryManager.library, {
  // Values that C++ holds by number; the first are val.h's own: undefined, null, true, false.
  $Emval: {
    values: [0, undefined, null, true, false],
    counts: [],
    free: [],
    toValue: (handle) => Emval.values[handle],
    toHandle: (value) => {
      const known = [undefined, null, true, false].indexOf(value);
      if (known >= 0) return known + 1;
      const handle = Emval.free.pop() ?? Emval.values.length;
      Emval.values[handle] = value;
      Emval.counts[handle] = 1;
      return handle;
    },
  },
  _emval_incref__deps: ['$Emval'],
  _emval_incref: function (handle) {
    ++Emval.counts[handle];
  },
  _emval_decref__deps: ['$Emval'],
  _emval_decref: function (handle) {
    if (handle < 5 || --Emval.counts[handle]) return;
    Emval.values[handle] = undefined;
    Emval.free.push(handle);
  },
  _emval_new_object__deps: ['$Emval'],
  _emval_new_object: function () {
    return Emval.toHandle({});
  },
  _emval_new_array__deps: ['$Emval'],
  _emval_new_array: function () {
    return Emval.toHandle([]);
  },

  // Types by their TypeID: `to` C++, with what is to be freed after the call in `texts`; `from` C++.
  $bound_types: {},
  $bound_types__deps: ['$Emval'],
  _embind_register_void__deps: ['$bound_types'],
  _embind_register_void: function (type) {
    bound_types[type] = { from: () => undefined };
  },
  _embind_register_bool__deps: ['$bound_types'],
  _embind_register_bool: function (type) {
    bound_types[type] = { to: (value) => (value ? 1 : 0), from: (wire) => !!wire };
  },
  _embind_register_integer__deps: ['$bound_types'],
  _embind_register_integer: function (type) {
    bound_types[type] = { to: (value) => value, from: (wire) => wire >>> 0 };
  },
  _embind_register_float__deps: ['$bound_types'],
  _embind_register_float: function (type) {
    bound_types[type] = { to: (value) => value, from: (wire) => wire };
  },
  _embind_register_std_string__deps: ['$bound_types', 'malloc', 'free'],
  _embind_register_std_string: function (type) {
    bound_types[type] = {
      to: (value, texts) => {
        const bytes = new TextEncoder().encode(value);
        const text = _malloc(bytes.length + 5);
        HEAPU32[text >> 2] = bytes.length;
        HEAPU8.set(bytes, text + 4);
        texts.push(text);
        return text;
      },
    };
  },
  _embind_register_emval__deps: ['$bound_types', '_emval_decref'],
  _embind_register_emval: function (type) {
    bound_types[type] = {
      to: (value) => Emval.toHandle(value),
      from: (wire) => {
        const value = Emval.toValue(wire);
        __emval_decref(wire);
        return value;
      },
    };
  },

  // Calls an invoker of bind.h: `head` are its first arguments, `first` is where in the types those of JavaScript begin.
  $bound_call__deps: ['$bound_types', 'free'],
  $bound_call: function (invoker, head, types, first, args) {
    const texts = [];
    const wire = getWasmTableEntry(invoker)(...head, ...args.map((value, i) => bound_types[types[first + i]].to(value, texts)));
    for (const text of texts) {
      // It may be an operation's URL, with its signature.
      HEAPU8.fill(0, text, text + 4 + HEAPU32[text >> 2]);
      _free(text);
    }
    return wire;
  },
  $bound_list: function (count, at) {
    return [...HEAPU32.subarray(at >> 2, (at >> 2) + count)];
  },

  $bound_classes: {},
  _embind_register_class__deps: ['$bound_classes', '$bound_call', '$bound_list'],
  _embind_register_class: function (type, pointer, const_pointer, base, s0, f0, s1, f1, s2, f2, name, s3, destructor) {
    const Bound = (bound_classes[type] = class {
      constructor(...args) {
        const { invoker, target, types } = Bound.create;
        this.pointer = bound_call(invoker, [target], types, 1, args);
      }
      delete() {
        if (this.pointer) getWasmTableEntry(destructor)(this.pointer);
        this.pointer = 0;
      }
    });
    Module[UTF8ToString(name)] = Bound;
  },
  _embind_register_class_constructor__deps: ['_embind_register_class'],
  _embind_register_class_constructor: function (type, count, types, signature, invoker, target) {
    bound_classes[type].create = { invoker, target, types: bound_list(count, types) };
  },
  _embind_register_class_function__deps: ['_embind_register_class'],
  _embind_register_class_function: function (type, name, count, types, signature, invoker, context) {
    const list = bound_list(count, types);
    bound_classes[type].prototype[UTF8ToString(name)] = function (...args) {
      if (!this.pointer) throw new TypeError('deleted');
      return bound_types[list[0]].from(bound_call(invoker, [context, this.pointer], list, 2, args));
    };
  },
  _embind_register_class_class_function__deps: ['_embind_register_class'],
  _embind_register_class_class_function: function (type, name, count, types, signature, invoker, target) {
    const list = bound_list(count, types);
    bound_classes[type][UTF8ToString(name)] = (...args) => bound_types[list[0]].from(bound_call(invoker, [target], list, 1, args));
  },
});
