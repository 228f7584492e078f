// What stats/tail.hpp uses of Boost.Math, declared and not defined: enough to see that a header names all that it needs, at a fifth of the price.
#pragma once

namespace boost::math {
namespace policies {
template <bool>
struct promote_double {};
template <class>
struct policy {};
}  // namespace policies

template <class Policy>
auto ibeta(double a, double b, double x, Policy const&) -> double;
template <class Policy>
auto ibetac(double a, double b, double x, Policy const&) -> double;
template <class Policy>
auto ibeta_inv(double a, double b, double p, Policy const&) -> double;
template <class Policy>
auto ibetac_inv(double a, double b, double q, Policy const&) -> double;
template <class Policy>
auto ibeta_derivative(double a, double b, double x, Policy const&) -> double;
template <class Policy>
auto erfc_inv(double z, Policy const&) -> double;
template <class Policy>
auto gamma_p(double a, double x, Policy const&) -> double;
template <class Policy>
auto gamma_q(double a, double x, Policy const&) -> double;
}  // namespace boost::math
