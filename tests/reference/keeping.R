# Oracle numbers for src/promise/keeping_curve_test.cpp: run `Rscript keeping.R`. Made with R 4.2.2
# and its package survival; not needed to run the tests.
suppressMessages(library(survival))
entry <- c(0, 0, 0, 0, 1, 1, 2, 2, 2, 3, 3, 4, 0, 0, 0, 0, 0, 0, 0, 0)
exit <- c(5, 6, 6, 7, 8, 8, 9, 9, 10, 10, 12, 14, 15, 16, 16, 17, 18, 19, 20, 20)
kept <- c(1, 1, 0, 1, 1, 1, 0, 1, 1, 1, 1, 0, 1, 1, 1, 0, 1, 1, 0, 0)
curve <- survfit(Surv(entry, exit, kept) ~ 1)
greenwood <- with(curve, cumsum(n.event / (n.risk * (n.risk - n.event))))
print(data.frame(time = curve$time, watched = curve$n.risk, kept = curve$n.event,
                 not_kept = curve$surv, greenwood), digits = 12)
