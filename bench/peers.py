#!/usr/bin/python3
"""Times scipy, scikit-learn, statsmodels and numpy in turns with hallmark's benchmark programs, one thread each, on data of the same
kind, and prints a Markdown table. What is not installed or not built is skipped, with a sentence.

Usage: bench/peers.py [--build DIR] [--only REGEX] [--turns N] [--seconds S]
  --build DIR    where the programs are built; DIR/bench/bench.NAME (build/release)
  --only REGEX   only kernels that match
  --turns N      turns of peer and program for each row, of which the medians count (3)
  --seconds S    start no other turn of a row after so many seconds (40)
On Debian: apt install python3-scipy python3-sklearn python3-statsmodels
"""
import argparse, json, os, re, statistics, subprocess, sys, time

for threads in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[threads] = "1"

# A row: kernel; the peer's name; what makes its data and the function to time (called with the modules, returns a function without arguments);
# items a call (rates are items a second; 0: one small test, whose time is shown); program and the name of its benchmark (a regular
# expression, the whole name up to "/iterations"); what is asked for, as "ratio >= x" or as the most microseconds.
ROWS = []


def row(kernel, peer, items, program, benchmark, least_ratio=None, most_us=None):
    def add(make):
        ROWS.append((kernel, peer, items, program, benchmark, least_ratio, most_us, make))
        return make
    return add


TIES, DISTINCT, MANY = 100_000, 1 << 40, 10_000_000


def scores(m, n, distinct):
    random = m.numpy.random.default_rng(1)
    draw = lambda k, shift: (random.integers(0, distinct, k) + 0.5) / distinct + shift
    return draw(n // 2, 0.125), draw(n // 2, 0.0)


def roc(m, n, distinct):
    members, nulls = scores(m, n, distinct)
    y = m.numpy.r_[m.numpy.ones(n // 2), m.numpy.zeros(n // 2)]
    s = m.numpy.r_[members, nulls]
    def call():
        fpr, tpr, _ = m.sklearn.metrics.roc_curve(y, s, drop_intermediate=False)
        return m.sklearn.metrics.auc(fpr, tpr)
    return call


row("ROC and AUC, 1e7 scores, 1e5 different", "scikit-learn roc_curve + auc", MANY, "ranks",
    "roc_and_auc_beside_std_sort/10000000/100000", least_ratio=20)(lambda m: roc(m, MANY, TIES))
row("ROC and AUC, 1e7 scores, all different", "scikit-learn roc_curve + auc", MANY, "ranks",
    "roc_and_auc_beside_std_sort/10000000/1099511627776")(lambda m: roc(m, MANY, DISTINCT))
row("ROC and AUC, 1e4 scores", "scikit-learn roc_curve + auc", 10_000, "ranks",
    "roc_and_auc_beside_std_sort/10000/1000")(lambda m: roc(m, 10_000, 1_000))


@row("TPR at FPR 0.001, 1e7 scores", "numpy partition + count", MANY, "ranks", "tpr_at_fpr_beside_nth_element/10000000/100000")
def _(m):
    members, nulls = scores(m, MANY, TIES)
    at = nulls.size - 1 - nulls.size // 1000
    return lambda: (members > m.numpy.partition(nulls, at)[at]).mean()


@row("Mann-Whitney, 1e7 scores", "scipy mannwhitneyu, asymptotic", MANY, "ranks", "mann_whitney_beside_std_sort/10000000/100000", least_ratio=80)
def _(m):
    a, b = scores(m, MANY, TIES)
    return lambda: m.scipy.stats.mannwhitneyu(a, b, alternative="greater", method="asymptotic")


@row("Kolmogorov-Smirnov, 1e7 scores", "scipy ks_2samp, asymptotic", MANY, "ranks", "kolmogorov_smirnov_beside_std_sort/10000000/100000", least_ratio=12)
def _(m):
    a, b = scores(m, MANY, TIES)
    return lambda: m.scipy.stats.ks_2samp(a, b, mode="asymp")


@row("Welch's t, 1e7 scores", "scipy ttest_ind", MANY, "shadow", "welch_beside_boost/10000000", least_ratio=10)
def _(m):
    a, b = scores(m, MANY, TIES)
    return lambda: m.scipy.stats.ttest_ind(a, b, equal_var=False)


@row("Benjamini-Hochberg, 1e7 p-values", "statsmodels multipletests fdr_bh", MANY, "ranks",
     "benjamini_hochberg_beside_std_sort/10000000/1099511627776", least_ratio=6)
def _(m):
    p = m.numpy.random.default_rng(1).random(MANY)
    return lambda: m.statsmodels.stats.multitest.multipletests(p, method="fdr_bh")


@row("Permutation test 100 + 100, 9999 draws", "scipy permutation_test, independent, its own batches", 9999, "permutation", "permutation_test_beside_shuffle/100", least_ratio=100)
def _(m):
    random = m.numpy.random.default_rng(1)
    a, b = random.random(100), random.random(100)
    difference = lambda x, y, axis: m.numpy.mean(x, axis=axis) - m.numpy.mean(y, axis=axis)
    return lambda: m.scipy.stats.permutation_test((a, b), difference, vectorized=True, n_resamples=9999, alternative="greater")


@row("Sign-flip test of 100 pairs, 9999 draws", "scipy permutation_test, samples, its own batches", 9999, "permutation", "sign_flip_test_beside_loop/100", least_ratio=600)
def _(m):
    x = m.numpy.random.default_rng(1).random(100) - 0.48
    mean = lambda x, y, axis: m.numpy.mean(x - y, axis=axis)
    return lambda: m.scipy.stats.permutation_test((x, m.numpy.zeros(100)), mean, permutation_type="samples", vectorized=True,
                                                  n_resamples=9999, alternative="greater")


def lira(m, dtype):
    random = m.numpy.random.default_rng(1)
    observed = random.normal(size=100_000).astype(dtype)
    inside, outside = (random.normal(c, 1, (100_000, 64)).astype(dtype) for c in (1, 0))
    density = lambda shadow: m.scipy.stats.norm.logpdf(observed, shadow.mean(axis=1), shadow.std(axis=1, ddof=1))
    return lambda: density(inside) - density(outside)


row("LiRA 64 + 64 shadows, floats", "scipy norm.logpdf", 100_000, "shadow", "lira_beside_loop<float>/100000", least_ratio=8)(lambda m: lira(m, "float32"))
row("LiRA 64 + 64 shadows, doubles", "scipy norm.logpdf", 100_000, "shadow", "lira_beside_loop<double>/1000")(lambda m: lira(m, "float64"))
row("Means of 100,000 sets of 25", "numpy mean", 2_500_000, "signal", "sets<hallmark::mean>/100000")(
    lambda m: (lambda x: lambda: m.numpy.mean(x, axis=1))(m.numpy.random.default_rng(1).random((100_000, 25))))
row("Means of 100,000 sets of 25 floats", "numpy mean", 2_500_000, "signal", "float_means/100000", least_ratio=5)(
    lambda m: (lambda x: lambda: m.numpy.mean(x, axis=1))(m.numpy.random.default_rng(1).random((100_000, 25), "float32")))
row("Medians of 100,000 sets of 25", "numpy median", 2_500_000, "signal", "sets<hallmark::median>/100000")(
    lambda m: (lambda x: lambda: m.numpy.median(x, axis=1))(m.numpy.random.default_rng(1).random((100_000, 25))))


def small(kernel, peer, benchmark, test):
    def make(m):
        random = m.numpy.random.default_rng(1)
        a, b = random.random(25) + 0.1, random.random(25)
        return lambda: test(m, a, b)
    row(kernel + ", n = 25", peer, 0, "ranks", benchmark, most_us=5)(make)


small("Welch's t", "scipy ttest_ind", "one_welch_beside_boost", lambda m, a, b: m.scipy.stats.ttest_ind(a, b, equal_var=False))
small("Paired t", "scipy ttest_rel", "one_paired_t_beside_boost", lambda m, a, b: m.scipy.stats.ttest_rel(a, b))
small("Mann-Whitney exact", "scipy mannwhitneyu", "one_mann_whitney_exact", lambda m, a, b: m.scipy.stats.mannwhitneyu(a, b, method="exact"))
small("Kolmogorov-Smirnov exact", "scipy ks_2samp", "one_kolmogorov_smirnov_exact", lambda m, a, b: m.scipy.stats.ks_2samp(a, b, mode="exact"))
small("Wilcoxon exact", "scipy wilcoxon", "one_wilcoxon_exact", lambda m, a, b: m.scipy.stats.wilcoxon(a, b, mode="exact"))
small("Sign test", "scipy binomtest of a count", "one_sign_test", lambda m, a, b: m.scipy.stats.binomtest(int((a > b).sum()), 25))
small("Binomial test", "scipy binomtest", "one_binomial_beside_boost", lambda m, a, b: m.scipy.stats.binomtest(18, 25, alternative="greater"))
small("Rank among nulls", "numpy count", "one_rank_test", lambda m, a, b: (1 + int((b >= a[0]).sum())) / 26)


class Modules:
    """Imports what a row asks for when it asks for it."""

    def __getattr__(self, name):
        import importlib
        inner = {"scipy": "scipy.stats", "sklearn": "sklearn.metrics", "statsmodels": "statsmodels.stats.multitest"}
        if name in inner:
            importlib.import_module(inner[name])
        return importlib.import_module(name)


def seconds_of(call):
    """Of this thread, from at least five milliseconds of calls."""
    calls = 1
    while True:
        start = time.thread_time()
        for _ in range(calls):
            call()
        taken = time.thread_time() - start
        if taken > 5e-3:
            return taken / calls
        calls *= 4


def rate_of(program, benchmark):
    """Items a second by the program, or a sentence why there are none."""
    if not os.path.exists(program):
        return f"there is no program {program}"
    name = f"^{benchmark}(/iterations:[0-9]+)?$"
    out = subprocess.run([program, "--benchmark_filter=" + name, "--benchmark_format=json"],
                         env={**os.environ, "BENCH_ALONE": "1"}, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True).stdout
    found = json.loads(out)["benchmarks"] if out.strip() else []
    if not found:
        return f"{program} has no benchmark {benchmark}"
    if found[0].get("error_occurred"):
        return f"{benchmark} failed: {found[0].get('error_message')}"
    return found[0].get("items_per_second") or 1e9 / found[0]["cpu_time"]


def shown(rate, items):
    if items == 0:
        return f"{1e6 / rate:.3g} µs"
    for scale, letter in ((1e9, "G"), (1e6, "M"), (1e3, "k")):
        if rate >= scale:
            return f"{rate / scale:.3g} {letter}/s"
    return f"{rate:.3g}/s"


def measure(options, entry):
    kernel, peer, items, program, benchmark, least_ratio, most_us, make = entry
    path = os.path.join(options.build, "bench", "bench." + program)
    first = rate_of(path, benchmark)
    if isinstance(first, str):
        return f"{kernel}: skipped, {first}."
    try:
        call = make(Modules())
        call()
    except ImportError as missing:
        return f"{kernel}: skipped, Python has no {missing.name}."
    ours, theirs, start = [], [], time.monotonic()
    for _ in range(options.turns):
        theirs.append(max(items, 1) / seconds_of(call))
        again = rate_of(path, benchmark)
        if isinstance(again, str):
            return f"{kernel}: skipped, {again}."
        ours.append(again)
        if time.monotonic() - start > options.seconds:
            break
    our, their = statistics.median(ours), statistics.median(theirs)
    asked = f"{least_ratio}x" if least_ratio else f"{most_us} µs at most" if most_us else ""
    print(f"| {kernel} | {peer} | {shown(their, items)} | {shown(our, items)} | {our / their:.3g} | {asked} | {program}: {benchmark} |", flush=True)
    return None


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    root = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..")
    parser.add_argument("--build", default=os.path.join(root, "build", "release"))
    parser.add_argument("--only", default="")
    parser.add_argument("--turns", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=40.0)
    options = parser.parse_args()
    print("| kernel | peer | the peer's rate | hallmark's rate | ratio | asked for | benchmark |")
    print("|---|---|---:|---:|---:|---:|---|")
    skipped = [measure(options, entry) for entry in ROWS if re.search(options.only, entry[0])]
    for sentence in filter(None, skipped):
        print("\n" + sentence)


if __name__ == "__main__":
    sys.exit(main())
