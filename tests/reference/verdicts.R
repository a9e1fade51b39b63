# Oracle numbers for what src/stats says of improvements, warnings and survival:
# run `Rscript verdicts.R > verdicts.csv` in this folder. Made with R 4.2.2 and its package survival;
# not needed to run the tests, which read verdicts.csv.
suppressMessages(library(survival))
say <- function(name, value) cat(sprintf("%s,%.12g\n", name, value))
cat("name,value\n")

# Power.
say("power.shares.n", power.prop.test(p1 = .1, p2 = .13, power = .8, tol = 1e-12)$n)
say("power.mean.n", power.t.test(delta = .3, sd = 2, power = .8)$n)
say("power.mean.at500", power.t.test(n = 500, delta = .3, sd = 2)$power)

# What was known before: the slope within groups, then Welch of what is left.
before <- c(5, 7, 8, 6, 9, 4, 7, 8, 6, 5, 6, 5, 8, 7, 4, 9, 6, 7, 5, 8)
after <- c(6, 7, 9, 6, 9, 5, 8, 8, 7, 5, 5, 5, 7, 7, 4, 8, 5, 7, 4, 6)
group <- factor(rep(1:2, each = 10))
theta <- unname(coef(lm(after ~ group + before))["before"])
left <- after - theta * before
adjusted <- t.test(left[group == 1], left[group == 2])
say("cuped.theta", theta)
say("cuped.difference", mean(left[group == 1]) - mean(left[group == 2]))
say("cuped.error", adjusted$stderr)
say("cuped.p", adjusted$p.value)

# Sizes of groups against what was meant.
ratio <- chisq.test(c(820, 90, 110), p = c(.8, .1, .1))
say("ratio.three.chi", unname(ratio$statistic))
say("ratio.three.p", ratio$p.value)

# Answers until the alarm of a Bernoulli CUSUM, by 40000 simulated runs at once: good to 0.5 %.
run_length <- function(usual, worse, limit, is) {
  set.seed(5)
  up <- log(worse / usual)
  down <- log((1 - worse) / (1 - usual))
  sum <- numeric(40000)
  answers <- 0
  while (length(sum) > 0) {
    answers <- answers + length(sum)
    sum <- pmax(0, sum + ifelse(runif(length(sum)) < is, up, down))
    sum <- sum[sum <= limit]
  }
  answers / 40000
}
say("bernoulli.well", run_length(.1, .2, 3, .1))
say("bernoulli.worse", run_length(.1, .2, 3, .2))
say("bernoulli.rare", run_length(.02, .05, 2.5, .02))

# All ways to choose six of fourteen.
first <- c(7.1, 6.2, 8.0, 5.5, 6.9, 7.4)
second <- c(5.2, 6.1, 4.8, 5.0, 6.6, 5.9, 4.4, 5.7)
all <- c(first, second)
gaps <- combn(14, 6, function(set) abs(mean(all[set]) - mean(all[-set])))
say("permutation.p", mean(gaps >= abs(mean(first) - mean(second)) - 1e-12))

# Difference in differences: the t test of the units' changes with one variance.
got_it <- c(6.9 - 6.1, 7.4 - 7.2, 6.6 - 5.8, 7.5 - 6.6, 7.1 - 7.0)
others <- c(6.5 - 6.4, 6.8 - 7.1, 6.1 - 5.9, 6.8 - 6.8, 7.2 - 7.3, 6.5 - 6.2)
did <- t.test(got_it, others, var.equal = TRUE)
say("did.estimate", mean(got_it) - mean(others))
say("did.error", did$stderr)
say("did.p", did$p.value)
say("did.low", did$conf.int[1])
say("did.high", did$conf.int[2])

# A line before and a line after, with Newey and West's errors written out: lag 5, n / (n - k).
y <- c(20.3, 20.6, 20.9, 20.4, 20.7, 21.3, 21.6, 21.2, 21.5, 22.1, 22.3, 21.9,
       19.2, 19.0, 18.5, 18.7, 18.9, 18.2, 17.6, 17.8, 17.3, 16.8, 17.0, 16.9)
t <- 1:24
fit <- lm(y ~ t + I(t > 9) + I(pmax(0, t - 9)))
x <- model.matrix(fit)
scores <- x * residuals(fit)
middle <- crossprod(scores)
for (l in 1:5) {
  apart <- crossprod(scores[(1 + l):24, ], scores[1:(24 - l), ])
  middle <- middle + (1 - l / 6) * (apart + t(apart))
}
bread <- solve(crossprod(x))
newey <- sqrt(diag(bread %*% middle %*% bread) * 24 / 20)
for (i in 1:4) {
  name <- paste0("segmented", i - 1)
  say(paste0(name, ".coefficient"), unname(coef(fit)[i]))
  say(paste0(name, ".error"), summary(fit)$coefficients[i, 2])
  say(paste0(name, ".newey"), unname(newey[i]))
}

# Survival after a bad experience and without one.
time <- c(2, 3, 3, 5, 6, 7, 8, 8, 9, 10, 12, 12, 4, 5, 11, 12, 12, 12, 7, 12)
event <- c(1, 1, 1, 0, 1, 1, 1, 0, 1, 1, 0, 0, 1, 0, 1, 0, 0, 0, 0, 0)
bad <- rep(c(1, 0), each = 10)
rank <- survdiff(Surv(time, event) ~ bad)
say("rank.expected", rank$exp[2])
say("rank.p", pchisq(rank$chisq, 1, lower.tail = FALSE))
means <- survival:::survmean(survfit(Surv(time, event) ~ bad), rmean = 12)$matrix
say("mean.without.error", means[1, "se(rmean)"])
say("mean.after.error", means[2, "se(rmean)"])

# Sixty subjects, two traits, many ties.
i <- 0:59
sixty <- data.frame(time = (i * 7 + i * i) %% 23, event = as.integer((i * 5) %% 7 != 0),
                    first = ((i * 11) %% 13) / 4, second = as.integer(i %% 3 == 0))
fit <- coxph(Surv(time, event) ~ first + second, data = sixty, ties = "efron",
             control = coxph.control(eps = 1e-14, iter.max = 50))
say("cox.first", coef(fit)[1])
say("cox.second", coef(fit)[2])
say("cox.first.error", sqrt(vcov(fit)[1, 1]))
say("cox.second.error", sqrt(vcov(fit)[2, 2]))
say("cox.log_likelihood", fit$loglik[2])

# Visits without a contract: 300 simulated pasts (BG/NBD) with what was spent (gamma-gamma), and the
# parameters that make them likeliest, by optim.
life <- function(n, r, alpha, a, b, watched) {
  pace <- rgamma(n, r, alpha)
  leaving <- rbeta(n, a, b)
  t(sapply(seq_len(n), function(i) {
    at <- 0
    last <- 0
    again <- 0
    repeat {
      at <- at + rexp(1, pace[i])
      if (at > watched[i]) break
      last <- at
      again <- again + 1
      if (runif(1) < leaving[i]) break
    }
    c(again, last)
  }))
}
set.seed(17)
watched <- round(runif(300, 26, 52), 2)
past <- life(300, 1.2, 6, .8, 2.5, watched)
again <- past[, 1]
last <- pmin(round(past[, 2], 2), watched)
visits <- again + 1
spent <- round(rgamma(300, 5 * visits, rgamma(300, 4, 20) * visits), 4)
write.table(data.frame(again, last, watched, spent), "verdicts_visits.csv", sep = ",",
            row.names = FALSE, quote = FALSE)
bg_nbd <- function(logs) {
  r <- exp(logs[1]); alpha <- exp(logs[2]); a <- exp(logs[3]); b <- exp(logs[4])
  stayed <- -(r + again) * log(alpha + watched)
  left <- ifelse(again > 0, log(a) - log(b + pmax(again, 1) - 1) - (r + again) * log(alpha + last),
                 -Inf)
  top <- pmax(stayed, left)
  sum(lgamma(r + again) - lgamma(r) + r * log(alpha) + lgamma(a + b) + lgamma(b + again) -
        lgamma(b) - lgamma(a + b + again) + top + log(exp(stayed - top) + exp(left - top)))
}
climb <- function(f, start) {
  for (i in 1:20) {
    found <- optim(start, f, control = list(fnscale = -1, reltol = 1e-15, maxit = 5000))
    start <- found$par
  }
  found
}
best <- climb(bg_nbd, c(0, 1, 0, 1))
say("visits.log_likelihood", best$value)
for (i in 1:4) say(paste0("visits.", c("r", "alpha", "a", "b")[i]), exp(best$par[i]))
came <- again > 0
gamma_gamma <- function(logs) {
  p <- exp(logs[1]); q <- exp(logs[2]); g <- exp(logs[3])
  x <- again[came]
  m <- spent[came]
  sum(lgamma(p * x + q) - lgamma(p * x) - lgamma(q) + q * log(g) + (p * x - 1) * log(m) +
        p * x * log(x) - (p * x + q) * log(g + m * x))
}
best <- climb(gamma_gamma, c(0, 1, 0))
say("spending.log_likelihood", best$value)
for (i in 1:3) say(paste0("spending.", c("p", "q", "gamma")[i]), exp(best$par[i]))
set.seed(23)
say("visits.simulated", mean(life(100000, 1.2, 6, .8, 2.5, rep(52, 100000))[, 1]))
