// Promise: a holder of a LibTorch module, given where the module is wanted, is told what to pass. Needs hallmark::torch.
#include <hallmark/backend/torch.hpp>

struct holder {};  // as torch::nn::Sequential: has no train(), eval(), modules() of its own

void audits(holder& net) { (void)hallmark::torch_module(net); }
