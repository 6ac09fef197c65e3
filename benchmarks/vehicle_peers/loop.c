/* The vehicle as a plain loop in C: scenario by scenario, project by project, quarter by quarter.

   The same random numbers, the same rules and the same answers as the package's kernel, written the straightforward way
   and compiled by the benchmark with the system's compiler. It is what the kernel is measured against. */
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define INPUTS 6
#define SIDES 5
#define SERIES 10
#define ANSWERS 39
#define NEVER 2147483647
#define SLACK 1e-9

typedef struct {
    int64_t candidates, quarters, readings, scores, deadline, first_quarter, tenor;
    double common, own; /* sqrt(rho), sqrt(1 - rho) */
    double guaranteed, premium, bank, ceiling, cap;
    const uint32_t *seed, *who;
    const double *score_values, *edges, *low, *high, *profiles, *reading, *discount;
    const int64_t *score, *whole, *span, *shape;
} Plan;

typedef struct {
    const double *scale, *shift;
    const float *atom;
    uint32_t *bins, *zeros, *atoms;
    float *least, *most;
} Counts;

static void philox(uint32_t c[4], uint32_t k0, uint32_t k1) {
    for (int round = 0; round < 10; round++) {
        uint64_t a = (uint64_t)0xD2511F53u * c[0], b = (uint64_t)0xCD9E8D57u * c[2];
        uint32_t n0 = (uint32_t)(b >> 32) ^ c[1] ^ k0, n2 = (uint32_t)(a >> 32) ^ c[3] ^ k1;
        c[1] = (uint32_t)b;
        c[3] = (uint32_t)a;
        c[0] = n0;
        c[2] = n2;
        k0 += 0x9E3779B9u;
        k1 += 0xBB67AE85u;
    }
}

static double uniform(uint32_t word) { return ((double)word + 0.5) * 0x1p-32; }

/* Wichura's algorithm AS 241. */
static double normal_quantile(double p) {
    double q = p - 0.5, r, top, low;
    if (fabs(q) <= 0.425) {
        r = 0.180625 - q * q;
        top = (((((((2509.0809287301226727 * r + 33430.575583588128105) * r + 67265.770927008700853) * r +
                   45921.953931549871457) * r + 13731.693765509461125) * r + 1971.5909503065514427) * r +
                133.14166789178437745) * r + 3.387132872796366608);
        low = (((((((5226.495278852545925 * r + 28729.085735721942674) * r + 39307.89580009271061) * r +
                   21213.794301586595867) * r + 5394.1960214247511077) * r + 687.1870074920579083) * r +
                42.313330701600911252) * r + 1.0);
        return q * top / low;
    }
    r = sqrt(-log(p < 0.5 ? p : 1.0 - p));
    if (r <= 5.0) {
        r -= 1.6;
        top = (((((((7.7454501427834140764e-4 * r + 0.0227238449892691845833) * r + 0.24178072517745061177) * r +
                   1.27045825245236838258) * r + 3.64784832476320460504) * r + 5.7694972214606914055) * r +
                4.6303378461565452959) * r + 1.42343711074968357734);
        low = (((((((1.05075007164441684324e-9 * r + 5.475938084995344946e-4) * r + 0.0151986665636164571966) * r +
                   0.14810397642748007459) * r + 0.68976733498510000455) * r + 1.6763848301838038494) * r +
                2.05319162663775882187) * r + 1.0);
    } else {
        r -= 5.0;
        top = (((((((2.01033439929228813265e-7 * r + 2.71155556874348757815e-5) * r + 0.0012426609473880784386) * r +
                   0.026532189526576123093) * r + 0.29656057182850489123) * r + 1.7848265399172913358) * r +
                5.4637849111641143699) * r + 6.6579046435011037772);
        low = (((((((2.04426310338993978564e-15 * r + 1.4215117583164458887e-7) * r + 1.8463183175100546818e-5) * r +
                   7.868691311456132591e-4) * r + 0.0148753612908506148525) * r + 0.13692988092273580531) * r +
                0.59983220655588793769) * r + 1.0);
    }
    return copysign(top / low, q);
}

static double sampled(const Plan *plan, int64_t p, int number, uint32_t word) {
    int64_t first = plan->span[(p * INPUTS + number) * 2], last = plan->span[(p * INPUTS + number) * 2 + 1], part = first;
    double u = uniform(word);
    while (part < last - 1 && u >= plan->edges[part]) part++;
    double a = plan->low[part], b = plan->high[part], below = part > first ? plan->edges[part - 1] : 0.0;
    if (a == b) return a;
    double x = (u - below) / (plan->edges[part] - below);
    if (plan->shape[part] == 1) x = sqrt(x);
    if (plan->shape[part] == 2) x = 1.0 - sqrt(1.0 - x);
    return a + x * (b - a);
}

typedef struct {
    int64_t index, first, last, opens, cancelled, stopped;
    double final, base;
} Project;

static void bind(const Plan *plan, Project *project, int funded, double *draws) {
    int64_t quarters = plan->quarters, *until = malloc(sizeof(int64_t) * (funded + 1));
    double *carried = calloc(funded + 1, sizeof(double)), called = 0.0, in_year = 0.0;
    for (int j = 0; j < funded; j++) until[j] = project[j].last;
    for (int64_t q = 0; q < quarters; q++) {
        if ((q + plan->first_quarter) % 4 == 0) in_year = 0.0;
        for (int j = 0; j < funded; j++) {
            Project *one = project + j;
            int64_t end = one->cancelled > 1 ? one->cancelled : 1;
            if (one->stopped != NEVER || q >= end || q < one->first) continue;
            double due = carried[j] + (q < until[j] ? draws[j * quarters + q] : 0.0), call = due;
            if (due <= 0.0) continue;
            if (in_year + due > plan->cap * (1.0 + SLACK)) call = fmax(0.0, plan->cap - in_year);
            carried[j] = due - call;
            if (called + call > plan->ceiling * (1.0 + SLACK)) {
                call = fmax(0.0, plan->ceiling - called);
                one->stopped = call > 0.0 ? q + 1 : q;
                for (int64_t later = q + 1; later < until[j]; later++) draws[j * quarters + later] = 0.0;
                until[j] = q + 1;
                carried[j] = 0.0;
            }
            draws[j * quarters + q] = call;
            if (one->last < q + 1) one->last = q + 1;
            in_year += call;
            called += call;
        }
    }
    for (int j = 0; j < funded; j++) {
        if (project[j].stopped != NEVER) project[j].last = project[j].stopped;
        else if (carried[j] > 0.0 && project[j].cancelled >= quarters) project[j].last = quarters;
    }
    free(until);
    free(carried);
}

static double peak_of(const Plan *plan, const double *calls) {
    double peak = 0.0, in_year = 0.0;
    for (int64_t q = 0; q < plan->quarters; q++) {
        if ((q + plan->first_quarter) % 4 == 0) in_year = 0.0;
        in_year += calls[q];
        if (in_year > peak) peak = in_year;
    }
    return peak;
}

static double value_at(const double *flow, int64_t quarters, double v, double *slope) {
    double value = 0.0, derivative = 0.0;
    for (int64_t q = quarters - 1; q >= 0; q--) {
        derivative = derivative * v + value;
        value = value * v + flow[q];
    }
    *slope = derivative;
    return value;
}

/* Newton in the discount factor of a quarter, with a bracket, from the side of zero on which the total says it lies. */
static double irr(const double *flow, int64_t quarters) {
    double in = 0.0, out = 0.0, slope;
    int64_t first = 0;
    while (first < quarters && flow[first] == 0.0) first++;
    flow += first;
    quarters -= first;
    for (int64_t q = 0; q < quarters; q++) {
        if (flow[q] > 0.0) in += flow[q];
        else out -= flow[q];
    }
    if (in <= 0.0 || out <= 0.0) return NAN;
    double rises = value_at(flow, quarters, 1.0, &slope) > 0.0;
    double low = rises ? 0.0 : 1.0, high = rises ? 1.0 : 1.5, v = rises ? 0.99 : 1.01;
    double at_low = value_at(flow, quarters, low, &slope);
    while (!rises && high < 50.0 && (value_at(flow, quarters, high, &slope) > 0.0) == (at_low > 0.0)) {
        low = high;
        high *= 1.5;
    }
    for (int step = 0; step < 200; step++) {
        double value = value_at(flow, quarters, v, &slope), next = v - value / slope;
        if ((value > 0.0) == (at_low > 0.0)) low = v;
        else high = v;
        if (!(next > low && next < high)) next = 0.5 * (low + high);
        if (fabs(next - v) <= 1e-14) {
            v = next;
            break;
        }
        v = next;
    }
    return pow(v, -4.0) - 1.0;
}

static double payback(const double *flow, int64_t quarters) {
    double total = 0.0, deepest = 0.0;
    for (int64_t q = 0; q < quarters; q++) {
        total += flow[q];
        if (total < deepest) deepest = total;
    }
    if (deepest == 0.0) return NAN;
    total = 0.0;
    for (int64_t q = 0, below = 0; q < quarters; q++) {
        total += flow[q];
        if (total < SLACK * deepest) below = 1;
        else if (below) return (double)q;
    }
    return NAN;
}

/* One block of scenarios: fills answers (n, ANSWERS) and series (n, SERIES, T); adds to sums, tally and counts. */
void block(const Plan *plan, int64_t start, int64_t n, double *answers, float *series, double *sums, double *tally,
           const Counts *counts) {
    int64_t quarters = plan->quarters, candidates = plan->candidates;
    double *draws = malloc(sizeof(double) * candidates * quarters);
    double *flow = malloc(sizeof(double) * (SERIES + 4) * quarters), *limits = malloc(sizeof(double) * (plan->scores + 1));
    Project *project = malloc(sizeof(Project) * (candidates + 1));
    double *calls = flow, *drawn = flow + quarters, *cash = flow + 2 * quarters, *receipts = flow + 3 * quarters;
    double *claims = flow + 4 * quarters, *premium = flow + SERIES * quarters, *recovered = premium + quarters;
    double *rest = recovered + quarters, *due = rest + quarters;
    const double *for_pledging = plan->discount + 4 * quarters, *for_host = plan->discount + 3 * quarters;
    uint32_t k0 = plan->seed[0], k1 = plan->seed[1];

    for (int64_t i = 0; i < n; i++) {
        double *out = answers + i * ANSWERS;
        memset(flow, 0, sizeof(double) * (SERIES + 4) * quarters);
        uint32_t c[4] = {(uint32_t)(start + i), plan->who[candidates * 2], plan->who[candidates * 2 + 1], 0};
        philox(c, k0, k1);
        double common = plan->common * normal_quantile(uniform(c[0]));
        for (int64_t k = 0; k < plan->scores; k++)
            limits[k] = 0.5 * erfc(-(plan->score_values[k] - common) / plan->own * 0.7071067811865476);
        double u = uniform(c[1]);
        int64_t reading = 0;
        while (reading < plan->readings - 1 && u >= plan->reading[reading * 6]) reading++;
        const double *rule = plan->reading + reading * 6;
        double growth = 1.0 + rule[1], before = rule[2], after = rule[3];

        int funded = 0;
        double total = 0.0;
        for (int64_t p = 0; p < candidates; p++) {
            uint32_t a[4] = {(uint32_t)(start + i), plan->who[p * 2], plan->who[p * 2 + 1], 0};
            philox(a, k0, k1);
            if (uniform(a[0]) >= limits[plan->score[p]]) continue;
            uint32_t b[4] = {(uint32_t)(start + i), plan->who[p * 2], plan->who[p * 2 + 1], 1};
            philox(b, k0, k1);
            const int64_t *whole = plan->whole + p * 5;
            Project *one = project + funded;
            double *draw = draws + funded * quarters;
            int64_t begins = (int64_t)floor(sampled(plan, p, 3, a[3]));
            if (begins < whole[0]) begins = whole[0];
            int64_t build = whole[1] + (int64_t)floor(sampled(plan, p, 4, b[0]) + 0.5);
            if (build < 1) build = 1;
            one->index = p;
            one->final = sampled(plan, p, 1, a[1]) * sampled(plan, p, 2, a[2]);
            one->base = one->final * sampled(plan, p, 5, b[1]);
            one->opens = begins + build;
            one->cancelled = whole[3];
            one->stopped = NEVER;
            one->first = begins > 0 ? begins : 0;
            if (one->first > quarters) one->first = quarters;
            one->last = begins + build < one->cancelled ? begins + build : one->cancelled;
            if (one->last > quarters) one->last = quarters;
            if (begins < 0 && one->last > begins && one->last < 1) one->last = 1;
            if (one->last < one->first) one->last = one->first;
            double was = 0.0;
            for (int64_t q = one->first; q < one->last; q++) {
                double x = (double)(q - begins + 1) / build;
                if (x > 1.0) x = 1.0;
                double now = x * x * (3.0 - 2.0 * x);
                draw[q] = one->final * (now - was);
                was = now;
                calls[q] += draw[q];
            }
            total += one->final;
            funded++;
        }
        double peak = peak_of(plan, calls);
        if (total > plan->ceiling || peak > plan->cap) {
            bind(plan, project, funded, draws);
            memset(calls, 0, sizeof(double) * quarters);
            for (int j = 0; j < funded; j++)
                for (int64_t q = project[j].first; q < project[j].last; q++) calls[q] += draws[j * quarters + q];
            peak = peak_of(plan, calls);
        }

        for (int j = 0; j < funded; j++) {
            Project *one = project + j;
            const double *profile = plan->profiles + plan->whole[one->index * 5 + 4] * quarters;
            if (one->cancelled != NEVER && one->stopped == NEVER)
                one->stopped = one->cancelled > one->last ? one->cancelled : one->last;
            int pays = one->stopped == NEVER;
            int64_t opens = pays ? (one->opens > one->last ? one->opens : one->last) : one->stopped;
            if (opens > quarters) opens = quarters;
            int64_t life = pays ? plan->whole[one->index * 5 + 2] : 0;
            double account = 0.0, balance = 0.0, called = 0.0, got = 0.0, value = 0.0, host_value = 0.0;
            for (int64_t q = one->first; q < opens; q++) {
                double d = q < one->last ? draws[j * quarters + q] : 0.0;
                account = account * growth + d;
                balance = balance * (1.0 + plan->bank) + plan->guaranteed * d;
                called += d;
                value -= d * for_pledging[q];
            }
            double part = balance / plan->tenor, outstanding = 0.0;
            int64_t end = opens + (life > plan->tenor ? life : plan->tenor);
            if (end > quarters) end = quarters;
            for (int64_t q = opens; q < end; q++) {
                int64_t k = q - opens;
                double c = k < life ? one->base * profile[k] : 0.0, r;
                if (account > 0.0) {
                    account *= growth;
                    if (before * c > account) {
                        r = account + after * (c - account / before);
                        account = 0.0;
                    } else {
                        r = before * c;
                        account -= r;
                    }
                } else {
                    r = after * c;
                }
                double left = r;
                if (k < plan->tenor) {
                    double owed = part + plan->bank * balance, pays_premium = fmin(left, plan->premium * balance);
                    balance -= part;
                    left -= pays_premium;
                    premium[q] += pays_premium;
                    due[q] += owed;
                    if (left < owed) {
                        claims[q] += owed - left;
                        outstanding += owed - left;
                        left = 0.0;
                    } else {
                        left -= owed;
                        double back = fmin(outstanding, left);
                        outstanding -= back;
                        recovered[q] += back;
                        left -= back;
                    }
                } else if (outstanding > 0.0) {
                    double back = fmin(outstanding, left);
                    outstanding -= back;
                    recovered[q] += back;
                    left -= back;
                }
                cash[q] += c;
                receipts[q] += r;
                rest[q] += left;
                got += r;
                value += r * for_pledging[q];
                host_value += (c - r) * for_host[q];
            }
            double *of = tally + one->index * 5;
            of[0] += 1.0;
            of[1] += called;
            of[2] += got >= called * (1.0 - SLACK);
            of[3] += value;
            of[4] += host_value;
        }

        double sum[8] = {0}, running = 0.0, *side = flow + 5 * quarters;
        for (int64_t q = 0; q < quarters; q++) {
            running += calls[q];
            drawn[q] = running;
            sum[0] += cash[q];
            sum[1] += receipts[q];
            sum[2] += premium[q];
            sum[3] += claims[q];
            sum[4] += recovered[q];
            sum[5] += rest[q];
            sum[6] += due[q];
            side[q] = rest[q] - (1.0 - plan->guaranteed) * calls[q];
            side[quarters + q] = premium[q] + recovered[q] - claims[q];
            side[2 * quarters + q] = due[q] - plan->guaranteed * calls[q];
            side[3 * quarters + q] = cash[q] - receipts[q];
            side[4 * quarters + q] = receipts[q] - calls[q];
        }
        double gets[SIDES] = {sum[5], sum[2] + sum[4], sum[6], sum[0] - sum[1], sum[1]};
        double pays[SIDES] = {(1.0 - plan->guaranteed) * running, sum[3], plan->guaranteed * running, 0.0, running};
        double alone[9] = {(double)reading, funded, drawn[plan->deadline], peak, running, sum[0], sum[2], sum[3], sum[4]};
        memcpy(out, alone, sizeof alone);
        for (int s = 0; s < SIDES; s++) {
            const double *net = side + s * quarters, *discount = plan->discount + s * quarters;
            double value = 0.0;
            for (int64_t q = 0; q < quarters; q++) value += net[q] * discount[q];
            double *at = out + 9 + s * 6;
            at[0] = gets[s];
            at[1] = value;
            at[2] = pays[s] > 0.0 ? irr(net, quarters) : NAN;
            at[3] = pays[s] > 0.0 ? gets[s] / pays[s] : NAN;
            at[4] = pays[s] > 0.0 ? payback(net, quarters) : NAN;
            at[5] = pays[s] > 0.0 ? gets[s] >= pays[s] * (1.0 - SLACK) : NAN;
        }
        for (int64_t k = 0; k < SERIES * quarters; k++) {
            sums[k] += flow[k];
            series[i * SERIES * quarters + k] = (float)flow[k];
        }
    }

    for (int64_t row = 0; row < SERIES * quarters; row++) {
        uint32_t *bins = counts->bins + row * 4096;
        double scale = counts->scale[row], shift = counts->shift[row];
        float atom = counts->atom[row];
        double near = fabs((double)atom) * 2e-7;
        for (int64_t i = 0; i < n; i++) {
            float x = series[i * SERIES * quarters + row];
            if (x == 0.0f) {
                counts->zeros[row]++;
            } else if (fabs((double)x - atom) <= near) {
                counts->atoms[row]++;
            } else {
                double place = x * scale + shift;
                if (place < 1.0) {
                    bins[0]++;
                    if (x < counts->least[row]) counts->least[row] = x;
                } else if (place >= 4095.0) {
                    bins[4095]++;
                    if (x > counts->most[row]) counts->most[row] = x;
                } else {
                    bins[(int)place]++;
                }
            }
        }
    }
    free(draws);
    free(flow);
    free(limits);
    free(project);
}
