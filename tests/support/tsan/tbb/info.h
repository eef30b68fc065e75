// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "stand_in.hpp"
