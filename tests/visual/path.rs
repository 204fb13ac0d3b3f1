//! Paths: turned, stroked, and the pixels that they cover.

use ab_glyph_rasterizer::{Rasterizer, point};

type Point = (f32, f32);

/// A step of a path.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Step {
    Move(Point),
    Line(Point),
    Quadratic(Point, Point),
    Cubic(Point, Point, Point),
    Close,
}

/// An affine map, in the order of PDF: where it takes (1, 0) and (0, 1), and how far it moves both.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Matrix(pub(crate) [f32; 6]);

impl Matrix {
    pub(crate) const IDENTITY: Matrix = Matrix([1.0, 0.0, 0.0, 1.0, 0.0, 0.0]);

    fn apply(&self, point: Point) -> Point {
        let m = &self.0;
        (m[0] * point.0 + m[2] * point.1 + m[4], m[1] * point.0 + m[3] * point.1 + m[5])
    }

    /// This map, and then another.
    pub(crate) fn then(&self, next: &Matrix) -> Matrix {
        let m = &self.0;
        let ends = [(0.0, 0.0), (m[0], m[1]), (m[2], m[3]), (m[4], m[5])].map(|point| next.apply(point));
        let [origin, right, up, moved] = ends;
        Matrix([right.0 - origin.0, right.1 - origin.1, up.0 - origin.0, up.1 - origin.1, moved.0, moved.1])
    }
}

/// A path; every part of it is closed when it is filled.
#[derive(Debug, Clone, Default)]
pub(crate) struct Path(pub(crate) Vec<Step>);

impl Path {
    pub(crate) fn rectangle(&mut self, (x, y): Point, (width, height): Point) {
        self.polygon([(x, y), (x + width, y), (x + width, y + height), (x, y + height)]);
    }

    fn polygon(&mut self, [first, rest @ ..]: [Point; 4]) {
        self.0.push(Step::Move(first));
        self.0.extend(rest.map(Step::Line));
        self.0.push(Step::Close);
    }

    pub(crate) fn transformed(&self, matrix: &Matrix) -> Path {
        let turn = |step: &Step| match *step {
            Step::Move(to) => Step::Move(matrix.apply(to)),
            Step::Line(to) => Step::Line(matrix.apply(to)),
            Step::Quadratic(handle, to) => Step::Quadratic(matrix.apply(handle), matrix.apply(to)),
            Step::Cubic(first, second, to) => Step::Cubic(matrix.apply(first), matrix.apply(second), matrix.apply(to)),
            Step::Close => Step::Close,
        };
        Path(self.0.iter().map(turn).collect())
    }

    /// The path as straight lines, each part by itself; closed, if it is.
    fn lines(&self) -> Vec<Vec<Point>> {
        const STEPS: u8 = 8;
        let mut parts: Vec<Vec<Point>> = Vec::new();
        for step in &self.0 {
            if let Step::Move(to) = *step {
                parts.push(vec![to]);
                continue;
            }
            let part = parts.last_mut().unwrap();
            let (first, from) = (part[0], *part.last().unwrap());
            let steps = (1..=STEPS).map(|step| f32::from(step) / f32::from(STEPS));
            match *step {
                Step::Move(to) | Step::Line(to) => part.push(to),
                Step::Quadratic(handle, to) => part.extend(steps.map(|t| cubic(from, handle, handle, to, t))),
                Step::Cubic(one, two, to) => part.extend(steps.map(|t| cubic(from, one, two, to, t))),
                Step::Close => part.push(first),
            }
        }
        parts
    }

    /// Where the path stays, if it hardly goes anywhere.
    pub(crate) fn dot(&self) -> Option<Point> {
        match self.0.as_slice() {
            [Step::Move(from), Step::Line(to)] if (to.0 - from.0).hypot(to.1 - from.1) < 0.02 => Some(*from),
            _ => None,
        }
    }

    /// A circle, as four curves.
    pub(crate) fn circle((x, y): Point, radius: f32) -> Path {
        let (r, h) = (radius, radius * 0.552_285);
        let at = |right: f32, down: f32| (x + right, y + down);
        Path(vec![
            Step::Move(at(r, 0.0)),
            Step::Cubic(at(r, h), at(h, r), at(0.0, r)),
            Step::Cubic(at(-h, r), at(-r, h), at(-r, 0.0)),
            Step::Cubic(at(-r, -h), at(-h, -r), at(0.0, -r)),
            Step::Cubic(at(h, -r), at(r, -h), at(r, 0.0)),
            Step::Close,
        ])
    }

    /// The area of a line along the path, without ornament at its ends and joints.
    pub(crate) fn stroked(&self, width: f32, dashes: &[f32], closed: bool) -> Path {
        let mut stroked = Path::default();
        for mut part in self.lines() {
            if closed {
                part.push(part[0]);
            }
            let mut dash = dashes.iter().copied().cycle();
            let (mut is_drawn, mut left) = (true, dash.next().unwrap_or(f32::MAX));
            for pair in part.windows(2) {
                let ((mut x, mut y), end) = (pair[0], pair[1]);
                loop {
                    let length = (end.0 - x).hypot(end.1 - y);
                    if length < 1.0e-4 {
                        break;
                    }
                    let step = length.min(left);
                    let (right, down) = ((end.0 - x) / length, (end.1 - y) / length);
                    let to = (x + right * step, y + down * step);
                    if is_drawn {
                        let (across, along) = (-down * width / 2.0, right * width / 2.0);
                        stroked.polygon([
                            (x + across, y + along),
                            (x - across, y - along),
                            (to.0 - across, to.1 - along),
                            (to.0 + across, to.1 + along),
                        ]);
                    }
                    (x, y) = to;
                    left -= step;
                    if left <= 1.0e-4 {
                        is_drawn = !is_drawn;
                        left = dash.next().unwrap_or(f32::MAX);
                    }
                }
            }
        }
        stroked
    }

    /// Tells for each pixel how much of it the path covers.
    pub(crate) fn cover(&self, mut paint: impl FnMut(i64, i64, f32)) {
        let parts = self.lines();
        let points = || parts.iter().flatten();
        let least = |of: fn(&Point) -> f32| points().map(of).fold(f32::MAX, f32::min).floor() - 1.0;
        let most = |of: fn(&Point) -> f32| points().map(of).fold(f32::MIN, f32::max).ceil() + 1.0;
        if parts.is_empty() {
            return;
        }
        let (left, top) = (least(|point| point.0), least(|point| point.1));
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a page is small")]
        let size = |from: f32, to: f32| (to - from) as usize;
        let mut raster = Rasterizer::new(size(left, most(|point| point.0)), size(top, most(|point| point.1)));
        for part in &parts {
            let closing = [*part.last().unwrap(), part[0]];
            for pair in part.windows(2).chain([&closing[..]]) {
                raster.draw_line(point(pair[0].0 - left, pair[0].1 - top), point(pair[1].0 - left, pair[1].1 - top));
            }
        }
        #[expect(clippy::cast_possible_truncation, reason = "a page is small")]
        let (left, top) = (left as i64, top as i64);
        raster.for_each_pixel_2d(|x, y, coverage| {
            if coverage > 0.0 {
                paint(left + i64::from(x), top + i64::from(y), coverage);
            }
        });
    }
}

/// A point of a Bézier curve; a quadratic one has its handle twice, which is near enough for a letter.
fn cubic(from: Point, one: Point, two: Point, to: Point, t: f32) -> Point {
    let s = 1.0 - t;
    let mix =
        |a: f32, b: f32, c: f32, d: f32| s * s * s * a + 3.0 * s * s * t * b + 3.0 * s * t * t * c + t * t * t * d;
    (mix(from.0, one.0, two.0, to.0), mix(from.1, one.1, two.1, to.1))
}
