// A map of what is on its way, by name.

export interface Register<T> {
  get(key: string): T | undefined;
  set(key: string, value: T): void;
  delete(key: string): boolean;
  clear(): void;
}

/**
 * A `Map` that comes and goes by the thousand. V8 replaces a map's table after a few deletions, and the old table, which
 * once outlived a collection of the young generation, keeps what stood in it, and all tables after it, until the next full
 * collection: replies that were answered long ago were copied again and again. Here the tables hold boxes, and a box is
 * emptied when its value goes.
 */
export function createRegister<T extends object>(): Register<T> {
  const boxes = new Map<string, { value: T | undefined }>();
  return {
    get: (key) => boxes.get(key)?.value,
    set(key, value) {
      const box = boxes.get(key);
      if (box) box.value = value;
      else boxes.set(key, { value });
    },
    delete(key) {
      const box = boxes.get(key);
      if (box) box.value = undefined;
      return boxes.delete(key);
    },
    clear() {
      for (const box of boxes.values()) box.value = undefined;
      boxes.clear();
    },
  };
}
