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
