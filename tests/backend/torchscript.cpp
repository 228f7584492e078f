// TorchScript files are models; files that are none are refused with a sentence.
#include <hallmark/backend/torchscript.hpp>  // before doctest: glog would replace its CHECK

#include <support/backend_laws.hpp>
#include <support/temp_folder.hpp>

#include <doctest/doctest.h>

#include <cstddef>
#include <fstream>
#include <iterator>
#include <string>

namespace {

// A tiny network, written as its owner would save it: two logits per picture, and dropout, which only training uses.
auto saved(temp_folder const& folder, std::string const& source) -> std::string {
    torch::jit::Module m("tiny");
    m.register_parameter("weight", at::arange(24, at::kFloat).reshape({12, 2}), false);
    m.register_attribute("training", c10::BoolType::get(), true);
    m.define(source);
    m.train();
    auto const path = folder / "tiny.pt";
    m.save(path);
    return path;
}

auto const linear = std::string(R"(
def forward(self, x):
    if self.training:
        x = x * 0.0
    return torch.matmul(torch.flatten(x, 1), self.weight)
)");

auto sentence_of(std::string const& path) -> std::string {
    try {
        (void)hallmark::load_torchscript(path);
    } catch (hallmark::error const& e) {
        return e.code() == hallmark::errc::io_failure ? e.what() : "wrong code";
    }
    return "no error";
}

}  // namespace

TEST_CASE("a saved module is a model, in eval mode") {
    temp_folder const folder;
    auto              model = hallmark::load_torchscript(saved(folder, linear));
    static_assert(hallmark::model<decltype(model)>);

    auto const batch = laws::pictures<float>({2, 3, 2, 2});
    auto const z     = model(batch.view());
    REQUIRE(z.sizes() == at::IntArrayRef({2, 2}));
    float expected[2] = {0.0f, 0.0f};
    for (std::size_t i = 0; i < 12; ++i) {
        expected[0] += batch.elements()[12 + i] * static_cast<float>(2 * i);
        expected[1] += batch.elements()[12 + i] * static_cast<float>(2 * i + 1);
    }
    CHECK(z[1][0].item<float>() == doctest::Approx(expected[0]));
    CHECK(z[1][1].item<float>() == doctest::Approx(expected[1]));
}

TEST_CASE("a module that returns something else") {
    temp_folder const folder;
    auto              model = hallmark::load_torchscript(saved(folder, "def forward(self, x):\n    return (x, x)\n"));
    auto const        batch = laws::pictures<float>({1, 1, 2, 2});
    CHECK_THROWS_WITH_AS(model(batch.view()), "hallmark::torchscript: the module returns Tuple; allowed is one tensor of logits", hallmark::error);
}

// LibTorch answers with a stack trace; a person who mistyped a name needs the name.
TEST_CASE("files that are no module") {
    temp_folder const folder;
    auto const        text = folder / "notes.txt";
    std::ofstream(text) << "not a network\n";
    CHECK(sentence_of(text).starts_with("hallmark::load_torchscript: " + text + " is not a TorchScript module: "));
    CHECK(sentence_of(text).find('\n') == std::string::npos);

    auto const missing = folder / "missing.pt";
    CHECK(sentence_of(missing) == "hallmark::load_torchscript: " + missing + " cannot be read");

    auto const whole = saved(folder, linear);
    auto       bytes = std::string(std::istreambuf_iterator<char>(std::ifstream(whole, std::ios::binary).rdbuf()), {});
    auto const half  = folder / "half.pt";
    std::ofstream(half, std::ios::binary) << bytes.substr(0, bytes.size() / 2);
    CHECK(sentence_of(half).starts_with("hallmark::load_torchscript: " + half + " is not a TorchScript module: "));
}
