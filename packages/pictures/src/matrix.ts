/** The SVG matrix and transform list of a browser, as far as diagram-js uses them; jsdom has neither. */

/** Maps (x, y) to (a·x + c·y + e, b·x + d·y + f). */
export class Matrix {
  readonly a: number;
  readonly b: number;
  readonly c: number;
  readonly d: number;
  readonly e: number;
  readonly f: number;

  constructor(a = 1, b = 0, c = 0, d = 1, e = 0, f = 0) {
    this.a = a;
    this.b = b;
    this.c = c;
    this.d = d;
    this.e = e;
    this.f = f;
  }

  multiply(m: Matrix): Matrix {
    return new Matrix(
      this.a * m.a + this.c * m.b,
      this.b * m.a + this.d * m.b,
      this.a * m.c + this.c * m.d,
      this.b * m.c + this.d * m.d,
      this.a * m.e + this.c * m.f + this.e,
      this.b * m.e + this.d * m.f + this.f,
    );
  }

  translate(x: number, y: number): Matrix {
    return this.multiply(new Matrix(1, 0, 0, 1, x, y));
  }

  scale(factor: number): Matrix {
    return this.multiply(new Matrix(factor, 0, 0, factor, 0, 0));
  }

  rotate(degrees: number): Matrix {
    const angle = (degrees * Math.PI) / 180;
    const [sin, cos] = [Math.sin(angle), Math.cos(angle)];
    return this.multiply(new Matrix(cos, sin, -sin, cos, 0, 0));
  }

  inverse(): Matrix {
    const { a, b, c, d, e, f } = this;
    const by = a * d - b * c;
    return new Matrix(d / by, -b / by, -c / by, a / by, (c * f - d * e) / by, (b * e - a * f) / by);
  }
}

export class Transform {
  matrix: Matrix;

  constructor(matrix = new Matrix()) {
    this.matrix = matrix;
  }

  setMatrix(matrix: Matrix): void {
    this.matrix = matrix;
  }

  setTranslate(x: number, y: number): void {
    this.matrix = new Matrix(1, 0, 0, 1, x, y);
  }

  setScale(x: number, y: number): void {
    this.matrix = new Matrix(x, 0, 0, y, 0, 0);
  }

  setRotate(degrees: number, x: number, y: number): void {
    this.matrix = new Matrix().translate(x, y).rotate(degrees).translate(-x, -y);
  }
}

/** An element's `transform.baseVal`. Whatever changes it is told to `changed`, as the attribute's new text. */
export class TransformList {
  readonly #changed: (text: string) => void;
  readonly #items: Transform[] = [];

  constructor(changed: (text: string) => void) {
    this.#changed = changed;
  }

  get numberOfItems(): number {
    return this.#items.length;
  }

  get length(): number {
    return this.#items.length;
  }

  getItem(index: number): Transform | undefined {
    return this.#items[index];
  }

  clear(): void {
    this.#items.length = 0;
    this.#tell();
  }

  initialize(item: Transform): Transform {
    this.#items.length = 0;
    return this.appendItem(item);
  }

  appendItem(item: Transform): Transform {
    this.#items.push(item);
    this.#tell();
    return item;
  }

  createSVGTransformFromMatrix(matrix: Matrix): Transform {
    return new Transform(matrix);
  }

  /** All of them as one. */
  consolidate(): Transform | null {
    if (this.#items.length === 0) return null;
    const whole = this.#items.reduce((sum, { matrix }) => sum.multiply(matrix), new Matrix());
    const one = new Transform(whole);
    this.#items.length = 0;
    this.#items.push(one);
    return one;
  }

  #tell(): void {
    const whole = this.consolidate();
    const { a, b, c, d, e, f } = whole?.matrix ?? new Matrix();
    this.#changed(`matrix(${a} ${b} ${c} ${d} ${e} ${f})`);
  }
}
