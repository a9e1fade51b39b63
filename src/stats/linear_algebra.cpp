#include "stats/linear_algebra.h"

#include <algorithm>
#include <limits>

#include <Eigen/Cholesky>
#include <Eigen/Eigenvalues>
#include <Eigen/QR>

namespace kokemus::stats {
namespace {

using RowMajor = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
using Seen = Eigen::Map<const RowMajor>;

Seen seen(const Matrix& matrix) {
    return Seen(matrix.values().data(),
                static_cast<Eigen::Index>(matrix.rows()),
                static_cast<Eigen::Index>(matrix.columns()));
}

Matrix kept(const RowMajor& matrix) {
    return Matrix::of(static_cast<std::size_t>(matrix.cols()),
                      std::vector<double>(matrix.data(), matrix.data() + matrix.size()));
}

/// A pivot this much smaller than its diagonal element is rounding: the column repeats others.
constexpr double least_pivot = 1e-11;

}  // namespace

std::optional<Matrix> inverse_of_positive(const Matrix& matrix) {
    const Seen given = seen(matrix);
    const auto size = given.rows();
    // 1. To a diagonal of ones, so that units of measurement do not decide what is small.
    Eigen::VectorXd scale = given.diagonal();
    if (size == 0 || !(scale.minCoeff() > 0)) {
        return std::nullopt;
    }
    scale = scale.cwiseSqrt().cwiseInverse();
    const RowMajor scaled = scale.asDiagonal() * given * scale.asDiagonal();
    // 2. Cholesky; its pivots are what each column has of its own.
    const Eigen::LLT<RowMajor> cholesky(scaled);
    if (cholesky.info() != Eigen::Success) {
        return std::nullopt;
    }
    const RowMajor lower = cholesky.matrixL();
    if (!(lower.diagonal().cwiseAbs2().minCoeff() > least_pivot)) {
        return std::nullopt;
    }
    const RowMajor inverse = cholesky.solve(RowMajor::Identity(size, size));
    return kept(scale.asDiagonal() * inverse * scale.asDiagonal());
}

EigenPairs eigen_of_symmetric(const Matrix& matrix) {
    const Eigen::SelfAdjointEigenSolver<RowMajor> solver(seen(matrix));
    const Eigen::VectorXd& values = solver.eigenvalues();
    return EigenPairs{std::vector<double>(values.data(), values.data() + values.size()),
                      kept(solver.eigenvectors())};
}

std::optional<Nearest> nearest(const Matrix& design, std::span<const double> y) {
    const Seen x = seen(design);
    if (x.cols() == 0 || x.rows() < x.cols() || y.size() != design.rows()) {
        return std::nullopt;
    }
    // 1. Columns to length one, as above.
    Eigen::VectorXd scale = x.colwise().norm().transpose();
    if (!(scale.minCoeff() > 0) || !scale.allFinite()) {
        return std::nullopt;
    }
    scale = scale.cwiseInverse();
    Eigen::ColPivHouseholderQR<Eigen::MatrixXd> qr;
    qr.setThreshold(1e-9);
    qr.compute(x * scale.asDiagonal());
    if (qr.rank() < x.cols()) {
        return std::nullopt;
    }
    // 2. X P = Q R, so the coefficients are P R^-1 Q' y and (X'X)^-1 = P R^-1 R'^-1 P'.
    const Eigen::Map<const Eigen::VectorXd> answers(y.data(), x.rows());
    const Eigen::VectorXd coefficients = scale.asDiagonal() * qr.solve(answers);
    const Eigen::MatrixXd upper = qr.matrixR().topRows(x.cols()).triangularView<Eigen::Upper>();
    const Eigen::MatrixXd inverse_upper =
        upper.triangularView<Eigen::Upper>().solve(Eigen::MatrixXd::Identity(x.cols(), x.cols()));
    const Eigen::MatrixXd root = scale.asDiagonal() * (qr.colsPermutation() * inverse_upper);
    // 3. A row's leverage is the squared length of the row times that root.
    const Eigen::VectorXd leverages = (x * root).rowwise().squaredNorm();
    return Nearest{
        std::vector<double>(coefficients.data(), coefficients.data() + coefficients.size()),
        kept(root * root.transpose()),
        std::vector<double>(leverages.data(), leverages.data() + leverages.size())};
}

Matrix sandwich(const Matrix& left, const Matrix& middle) {
    return kept(seen(left) * seen(middle) * seen(left).transpose());
}

}  // namespace kokemus::stats
