// Pebbles on a beach with the edge of a wave: many round things, wet and dry.
#version 3.7;
#include "functions.inc"
#include "rand.inc"
global_settings { assumed_gamma 1.0 max_trace_level 5 }
camera { location <0, 5.2, -4.6> look_at <0, 0, 0.15> right x*4/3 up y angle 44 }
light_source { <-60, 62, 30> rgb <1.95, 1.80, 1.55> }
light_source { <40, 80, -60> rgb <0.26, 0.32, 0.42> shadowless }
sky_sphere { pigment { gradient y color_map { [0 rgb <0.85, 0.86, 0.86>] [0.5 rgb <0.5, 0.64, 0.80>] [1 rgb <0.28, 0.44, 0.68>] } } }
plane { y, -0.05 pigment { granite color_map { [0 rgb <0.16, 0.13, 0.10>] [1 rgb <0.34, 0.29, 0.22>] } scale 0.4 } normal { granite 0.7 scale 0.15 } finish { diffuse 0.9 ambient 0 } }
#declare R = seed(17);
#declare Stones = array[7] { rgb <0.30, 0.29, 0.28>, rgb <0.44, 0.36, 0.27>, rgb <0.17, 0.18, 0.20>, rgb <0.52, 0.49, 0.44>, rgb <0.36, 0.20, 0.15>, rgb <0.24, 0.27, 0.25>, rgb <0.60, 0.57, 0.53> }
#for (I, 0, 1099)
  #declare S = 0.07 + 0.27*pow(rand(R), 2.6);
  #declare C = Stones[floor(rand(R)*7)];
  #declare X = (rand(R) - 0.5)*8.6; #declare Z = (rand(R) - 0.5)*7.4;
  // Wet towards the top of the picture.
  #declare Wet = (Z > 0.55 + 0.5*sin(X*0.9) + 0.3*rand(R));
  sphere { 0, 1
    scale <S*(1 + 0.5*rand(R)), S*(0.50 + 0.25*rand(R)), S>
    texture {
      #switch (mod(I, 4))
        #case (0) pigment { granite scale 0.5 color_map { [0 C*0.7] [0.5 C] [1 C*1.35] } } #break
        #case (1) pigment { gradient y turbulence 0.5 scale S*0.5 rotate <rand(R)*90, 0, rand(R)*90> color_map { [0 C] [0.8 C*1.1] [0.86 C*1.9] [0.92 C*1.8] [0.96 C] [1 C] } } #break
        #case (2) pigment { bozo scale 0.05 color_map { [0 C*0.8] [0.7 C*1.1] [1 C*0.4] } } #break
        #else pigment { wrinkles scale 0.3 color_map { [0 C*0.75] [1 C*1.2] } }
      #end
      normal { granite 0.12 scale 0.25 }
      finish { diffuse (Wet ? 0.55 : 0.92) ambient 0 specular (Wet ? 0.9 : 0.06) roughness (Wet ? 0.006 : 0.08) reflection (Wet ? 0.05 : 0) }
    }
    rotate <(rand(R) - 0.5)*34, rand(R)*360, (rand(R) - 0.5)*34>
    translate <X, 0.03 + 0.16*rand(R), Z>
  }
#end
// The wave.
#declare Sea = function(x, z) { 0.10 + 0.055*sin(x*1.4 + 1.2*sin(z)) + 0.10*(z - 1.0) + 0.05*f_noise3d(x*2.2, 0, z*2.2) }
isosurface {
  function { y - Sea(x, z) - 0.012*f_noise3d(x*9, 1, z*9) }
  contained_by { box { <-6, -0.2, -0.4>, <6, 0.8, 5> } } max_gradient 1.4
  texture { pigment { rgbt <0.70, 0.90, 0.90, 0.86> } normal { bumps 0.12 scale 0.22 } finish { ambient 0 diffuse 0.25 specular 0.6 roughness 0.004 reflection { 0.02, 0.7 fresnel on } conserve_energy } }
  texture { pigment { function { min(0.999, max(0, 0.5 + 1.6*(z - 0.55 - 0.5*sin(x*0.9) - 0.55*f_noise3d(x*1.6, 0, z*1.6)) )) }
      color_map { [0 rgbt 1] [0.10 rgbt <0.92, 0.93, 0.92, 0.12>] [0.26 rgbt <0.90, 0.92, 0.92, 0.30>] [0.40 rgbt <0.90, 0.93, 0.93, 0.85>] [0.5 rgbt 1] [1 rgbt 1] } }
    finish { ambient 0.02 diffuse 0.9 } normal { granite 0.4 scale 0.1 } }
  texture { pigment { crackle scale <0.55, 1, 0.30> turbulence 0.35 color_map { [0 rgbt <0.93, 0.95, 0.95, 0.10>] [0.05 rgbt <0.93, 0.95, 0.95, 0.35>] [0.11 rgbt 1] [1 rgbt 1] } } finish { ambient 0.02 diffuse 0.9 } }
  interior { ior 1.33 }
  no_shadow
}
