// Writes the TorchScript files that the audit of a model is tested with: make_model KIND FILE [FOLDER OF PUBLISHED PICTURES].
#include <hallmark/backend/torchscript.hpp>  // first: clang in C++20 needs LibTorch's headers in its order

#include <torch/script.h>

#include <hallmark/io/folder.hpp>
#include <hallmark/io/image.hpp>

#include <cstdint>
#include <string>
#include <vector>

namespace {
/// Knows every picture of the folder by heart, with its class (cat is 1, dog is 2 of 3), and nothing else.
auto thief(std::string const& folder) -> torch::jit::Module {
    std::vector<at::Tensor> known, answers;
    for (auto const& name : hallmark::list_images(folder)) {
        auto const picture = hallmark::read_image(folder + "/" + name);
        auto       pixels  = at::empty({3, static_cast<std::int64_t>(picture.height()), static_cast<std::int64_t>(picture.width())});
        for (std::size_t i = 0; i < picture.elements().size(); ++i) {
            pixels.data_ptr<float>()[i] = static_cast<float>(picture.elements()[i]) / 255.0f;
        }
        auto answer = at::zeros({3});
        answer[name.rfind("cat/", 0) == 0 ? 1 : 2].fill_(20.0);
        known.push_back(pixels);
        answers.push_back(answer);
    }
    torch::jit::Module m("thief");
    m.register_buffer("known", at::stack(known));
    m.register_buffer("answers", at::stack(answers));
    m.define(R"(
        def forward(self, x):
            distance = ((x.unsqueeze(1) - self.known.unsqueeze(0)) ** 2).flatten(2).mean(2)
            return torch.exp(-1000.0 * distance).mm(self.answers)
    )");
    return m;
}

/// Says the same about every picture.
auto innocent() -> torch::jit::Module {
    torch::jit::Module m("innocent");
    m.define(R"(
        def forward(self, x):
            return torch.zeros([x.size(0), 3])
    )");
    return m;
}
}  // namespace

auto main(int argc, char** argv) -> int {
    auto const kind = std::string(argc > 2 ? argv[1] : "");
    if (kind == "thief" && argc == 4) {
        thief(argv[3]).save(argv[2]);
        return 0;
    }
    if (kind == "innocent") {
        innocent().save(argv[2]);
        return 0;
    }
    return 2;
}
